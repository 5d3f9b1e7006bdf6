package io.waypost.access.user;

import java.time.Clock;
import java.time.OffsetDateTime;

import io.waypost.access.Caller;
import io.waypost.access.Source;
import io.waypost.access.User;
import io.waypost.database.SqlTime;
import io.waypost.database.TenantScope;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Creates accounts. A call does nothing when the account exists, so it can be repeated
 * with every start. A password or role that was changed meanwhile stays changed.
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
	 * Creates a tenant.
	 * @param tenant the new tenant
	 */
	public void createTenant(TenantId tenant) {
		TenantScope.of(tenant,
				() -> this.jdbc
					.sql("INSERT INTO access.tenant (tenant_id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
					.params(tenant.value(), now())
					.update());
	}

	/**
	 * Creates a user.
	 * @param user tenant, name and roles
	 * @param password in clear text, at most 72 bytes
	 */
	@Transactional
	public void createUser(User user, String password) {
		TenantScope.run(user.tenant(), () -> insert(user, password));
	}

	private void insert(User user, String password) {
		insertRow(user, this.passwords.encode(password));
	}

	private void insertRow(User user, @Nullable String hash) {
		String tenant = user.tenant().value();
		int created = this.jdbc.sql("""
				INSERT INTO access.app_user (tenant_id, name, password, created_at) VALUES (?, ?, ?, ?)
				ON CONFLICT DO NOTHING
				""").params(tenant, user.name(), hash, now()).update();
		if (created == 1) {
			this.jdbc.sql("INSERT INTO access.user_role (tenant_id, user_name, role) SELECT ?, ?, unnest(?::text[])")
				.params(tenant, user.name(), RoleMapper.toArray(user.roles()))
				.update();
		}
	}

	/**
	 * Creates an API token for a program that calls the management API.
	 * @param caller name, tenant and roles of the token
	 * @param owner the user whom the token counts as where two persons decide. If there
	 * is none, an account without a password is created, with the roles of the token
	 * @param token the secret; only its hash is stored
	 */
	@Transactional
	public void createApiToken(Caller caller, String owner, String token) {
		TenantScope.run(caller.tenant(), () -> insert(caller, owner, token));
	}

	private void insert(Caller caller, String owner, String token) {
		String tenant = caller.tenant().value();
		insertRow(new User(caller.tenant(), owner, caller.roles()), null);
		this.jdbc.sql("""
				INSERT INTO access.api_token (tenant_id, name, hash, roles, created_at, owner) VALUES (?, ?, ?, ?, ?, ?)
				ON CONFLICT DO NOTHING
				""")
			.params(tenant, caller.name(), Fingerprint.ofText(token).bytes(), RoleMapper.toArray(caller.roles()), now(),
					owner)
			.update();
		// A token of an earlier version has no owner yet
		this.jdbc.sql("UPDATE access.api_token SET owner = ? WHERE tenant_id = ? AND name = ? AND owner IS NULL")
			.params(owner, tenant, caller.name())
			.update();
		this.jdbc
			.sql("""
					INSERT INTO access.token_owner (tenant_id, token_name, user_name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
					""")
			.params(tenant, caller.name(), owner)
			.update();
	}

	/**
	 * Creates a source with its write key.
	 * @param source name and tenant
	 * @param key the write key; only its hash is stored
	 */
	public void createSource(Source source, String key) {
		TenantScope.run(source.tenant(), () -> insert(source, key));
	}

	private void insert(Source source, String key) {
		this.jdbc.sql("""
				INSERT INTO access.source (tenant_id, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
				""").params(source.tenant().value(), source.name(), now()).update();
		this.jdbc.sql("""
				INSERT INTO access.write_key (tenant_id, source_name, key_id, hash, created_at)
				VALUES (?, ?, gen_random_uuid(), ?, ?)
				ON CONFLICT DO NOTHING
				""").params(source.tenant().value(), source.name(), Fingerprint.ofText(key).bytes(), now()).update();
	}

	/**
	 * Deletes a user, an API token and a write key whose secrets are publicly known. Data
	 * that they created stays.
	 * @param user tenant and name
	 * @param token the API token
	 * @param key the write key
	 * @return number of deleted rows
	 */
	@Transactional
	public int delete(User user, String token, String key) {
		return TenantScope.of(user.tenant(), () -> deleteRows(user, token, key));
	}

	private int deleteRows(User user, String token, String key) {
		return this.jdbc.sql("DELETE FROM access.app_user WHERE tenant_id = ? AND name = ?")
			.params(user.tenant().value(), user.name())
			.update()
				+ this.jdbc.sql("DELETE FROM access.api_token WHERE hash = ?")
					.param(Fingerprint.ofText(token).bytes())
					.update()
				+ this.jdbc.sql("DELETE FROM access.write_key WHERE hash = ?")
					.param(Fingerprint.ofText(key).bytes())
					.update();
	}

	private OffsetDateTime now() {
		return SqlTime.of(this.clock.instant());
	}

}
