package io.waypost.access;

import java.time.Clock;
import java.util.Optional;

import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tokens with which programs call the management API. */
@Component
class ApiTokens {

	private final JdbcClient jdbc;

	private final ShortMemory<Caller> memory;

	ApiTokens(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.memory = new ShortMemory<>(clock, this::load);
	}

	Optional<Caller> find(String token) {
		return this.memory.ownerOf(token);
	}

	private Optional<Caller> load(byte[] hash) {
		return this.jdbc.sql("SELECT tenant_id, name, roles FROM access.api_token WHERE hash = ?")
			.param(hash)
			.query((row, number) -> new Caller(new TenantId(row.getString("tenant_id")), row.getString("name"),
					Roles.fromArray(row.getArray("roles"))))
			.optional();
	}

}
