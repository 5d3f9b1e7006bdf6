package io.waypost.access.user;

import java.util.Optional;

import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a directory says by SCIM about the accounts of users who sign in. */
@Component
class DirectoryAccounts {

	private final JdbcClient jdbc;

	DirectoryAccounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns whether the directory has the account active; empty if it does not know it.
	 */
	Optional<Boolean> findActive(TenantId tenant, String account) {
		return this.jdbc.sql("SELECT active FROM access.scim_user WHERE tenant_id = ? AND user_name = ?")
			.params(tenant.value(), account)
			.query(Boolean.class)
			.optional();
	}

	/**
	 * Returns whether the directory sends groups, so that the groups of a sign-in do not
	 * count.
	 */
	boolean hasGroups(TenantId tenant) {
		return this.jdbc.sql("SELECT EXISTS (SELECT 1 FROM access.scim_group WHERE tenant_id = ?)")
			.param(tenant.value())
			.query(Boolean.class)
			.single();
	}

	/**
	 * Finds the account that a directory created for a user who signs in the first time.
	 * @param tenant the tenant
	 * @param issuer who signs the user in; an account is connected once with each issuer
	 * @param directoryId {@code externalId} or {@code userName} of the user in SCIM
	 * @return name of the account
	 */
	Optional<String> findUnconnected(TenantId tenant, String issuer, String directoryId) {
		return this.jdbc.sql("""
				SELECT s.user_name FROM access.scim_user s
				WHERE s.tenant_id = :tenant AND (s.external_id = :id OR lower(s.login) = lower(:id))
					AND NOT EXISTS (SELECT 1 FROM access.external_identity i
						WHERE i.tenant_id = s.tenant_id AND i.user_name = s.user_name AND i.issuer = :issuer)
				ORDER BY s.external_id = :id DESC NULLS LAST
				LIMIT 1
				""")
			.param("tenant", tenant.value())
			.param("id", directoryId)
			.param("issuer", issuer)
			.query(String.class)
			.optional();
	}

	/**
	 * Finds the account that a sign-in created before the directory sends the user.
	 * @param tenant the tenant
	 * @param externalId {@code externalId} of the user, which is the subject of the
	 * sign-in
	 * @return name of the account
	 */
	Optional<String> findSignedIn(TenantId tenant, String externalId) {
		return this.jdbc.sql("""
				SELECT min(i.user_name) FROM access.external_identity i
				WHERE i.tenant_id = :tenant AND i.subject = :id
					AND NOT EXISTS (SELECT 1 FROM access.scim_user s
						WHERE s.tenant_id = i.tenant_id AND s.user_name = i.user_name)
				HAVING count(DISTINCT i.user_name) = 1
				""").param("tenant", tenant.value()).param("id", externalId).query(String.class).optional();
	}

}
