package io.waypost.access.key;

import java.time.Clock;
import java.util.Optional;

import io.waypost.access.Caller;
import io.waypost.access.user.RoleMapper;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the caller that an API token belongs to. */
@Component
public class ApiTokenRepository {

	private final JdbcClient jdbc;

	private final CredentialCache<Caller> cache;

	public ApiTokenRepository(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.cache = new CredentialCache<>(clock, this::load);
	}

	public Optional<Caller> find(String token) {
		return this.cache.get(token);
	}

	private Optional<Caller> load(byte[] hash) {
		return this.jdbc.sql("SELECT tenant_id, name, roles FROM access.api_token WHERE hash = ?")
			.param(hash)
			.query((row, number) -> new Caller(new TenantId(row.getString("tenant_id")), row.getString("name"),
					RoleMapper.fromArray(row.getArray("roles"))))
			.optional();
	}

}
