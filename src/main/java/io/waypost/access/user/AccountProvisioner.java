package io.waypost.access.user;

import java.sql.Timestamp;
import java.time.Clock;

import io.waypost.access.Caller;
import io.waypost.access.Source;
import io.waypost.access.User;
import io.waypost.access.key.SecretHash;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opens accounts. Each call does nothing where the account exists, so that it can be
 * repeated with every start; a password or role changed since then stays changed.
 */
@Component
public class AccountProvisioner {

	private final JdbcClient jdbc;

	private final PasswordEncoder passwords;

	private final Clock clock;

	public AccountProvisioner(JdbcClient jdbc, PasswordEncoder passwords, Clock clock) {
		this.jdbc = jdbc;
		this.passwords = passwords;
		this.clock = clock;
	}

	/**
	 * Opens a tenant.
	 * @param tenant its id
	 */
	public void createTenant(TenantId tenant) {
		this.jdbc.sql("INSERT INTO access.tenant (tenant_id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
			.params(tenant.value(), now())
			.update();
	}

	/**
	 * Opens an account for a person.
	 * @param user who, of which tenant, with which roles
	 * @param password in the clear, at most 72 bytes
	 */
	@Transactional
	public void createUser(User user, String password) {
		String tenant = user.tenant().value();
		int opened = this.jdbc.sql("""
				INSERT INTO access.app_user (tenant_id, name, password, created_at) VALUES (?, ?, ?, ?)
				ON CONFLICT DO NOTHING
				""").params(tenant, user.name(), this.passwords.encode(password), now()).update();
		if (opened == 1) {
			this.jdbc.sql("INSERT INTO access.user_role (tenant_id, user_name, role) SELECT ?, ?, unnest(?::text[])")
				.params(tenant, user.name(), RoleMapper.toArray(user.roles()))
				.update();
		}
	}

	/**
	 * Opens an account for a program that calls the management API.
	 * @param caller name, tenant and roles of the token
	 * @param token the secret; only its hash is kept
	 */
	public void createApiToken(Caller caller, String token) {
		this.jdbc.sql("""
				INSERT INTO access.api_token (tenant_id, name, hash, roles, created_at) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT DO NOTHING
				""")
			.params(caller.tenant().value(), caller.name(), SecretHash.of(token), RoleMapper.toArray(caller.roles()),
					now())
			.update();
	}

	/**
	 * Opens an account for a program that sends events.
	 * @param source name and tenant
	 * @param key the secret; only its hash is kept
	 */
	public void createSource(Source source, String key) {
		this.jdbc.sql("""
				INSERT INTO access.write_key (tenant_id, name, hash, created_at) VALUES (?, ?, ?, ?)
				ON CONFLICT DO NOTHING
				""").params(source.tenant().value(), source.name(), SecretHash.of(key), now()).update();
	}

	/**
	 * Closes the accounts of a person, a program and a source whose secrets have become
	 * known. What they did stays.
	 * @param user who
	 * @param token secret of the program
	 * @param key secret of the source
	 * @return how many there were
	 */
	@Transactional
	public int delete(User user, String token, String key) {
		return this.jdbc.sql("DELETE FROM access.app_user WHERE tenant_id = ? AND name = ?")
			.params(user.tenant().value(), user.name())
			.update()
				+ this.jdbc.sql("DELETE FROM access.api_token WHERE hash = ?").param(SecretHash.of(token)).update()
				+ this.jdbc.sql("DELETE FROM access.write_key WHERE hash = ?").param(SecretHash.of(key)).update();
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.instant());
	}

}
