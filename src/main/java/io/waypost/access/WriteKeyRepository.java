package io.waypost.access;

import java.time.Clock;
import java.util.Optional;

import io.waypost.access.key.CredentialCache;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The keys with which sources send events. */
@Component
public class WriteKeyRepository {

	private final JdbcClient jdbc;

	private final CredentialCache<Source> memory;

	public WriteKeyRepository(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.memory = new CredentialCache<>(clock, this::load);
	}

	/**
	 * Finds whose key it is. Answers from memory for up to 5 seconds.
	 * @param key as the source sent it
	 * @return the source, empty for a key that nobody has
	 */
	public Optional<Source> find(String key) {
		return this.memory.get(key);
	}

	private Optional<Source> load(byte[] hash) {
		return this.jdbc.sql("SELECT tenant_id, name FROM access.write_key WHERE hash = ?")
			.param(hash)
			.query((row, number) -> new Source(new TenantId(row.getString("tenant_id")), row.getString("name")))
			.optional();
	}

}
