package io.waypost.access;

import java.time.Clock;
import java.util.Optional;

import io.waypost.access.key.CredentialCache;
import io.waypost.database.SqlTime;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the source that a write key belongs to. */
@Component
public class WriteKeyRepository {

	private final JdbcClient jdbc;

	private final Clock clock;

	private final CredentialCache<Source> cache;

	public WriteKeyRepository(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.cache = new CredentialCache<>(clock, (hash) -> load(hash));
	}

	/**
	 * Finds the source of a key. The result is cached for 5 seconds.
	 * @param key write key from the request
	 * @return the source, empty for an unknown key
	 * @throws io.waypost.database.ForeignRegionException for a tenant of another region
	 */
	public Optional<Source> find(String key) {
		return this.cache.get(key);
	}

	private Optional<Source> load(byte[] hash) {
		Optional<Source> source = TenantScope.anywhere(() -> read(hash));
		source.ifPresent((found) -> HomeRegion.require(this.jdbc, found.tenant()));
		return source;
	}

	private Optional<Source> read(byte[] hash) {
		return this.jdbc.sql("""
				SELECT tenant_id, source_name FROM access.write_key
				WHERE hash = ? AND (expires_at IS NULL OR expires_at > ?)
				""")
			.params(hash, SqlTime.of(this.clock.instant()))
			.query((row, number) -> new Source(new TenantId(row.getString("tenant_id")), row.getString("source_name")))
			.optional();
	}

}
