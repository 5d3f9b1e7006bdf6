package io.waypost.access.user;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps one active administrator of each tenant and one of the installation. Changes that
 * could remove the last one wait for each other.
 */
class LastAdministrators {

	/** Condition for an account {@code u} that someone can sign in with. */
	static final String ACTIVE = """
			((u.password IS NOT NULL OR EXISTS (SELECT 1 FROM access.external_identity i
				WHERE i.tenant_id = u.tenant_id AND i.user_name = u.name))
				AND NOT EXISTS (SELECT 1 FROM access.scim_user s
					WHERE s.tenant_id = u.tenant_id AND s.user_name = u.name AND NOT s.active))""";

	private final JdbcClient jdbc;

	LastAdministrators(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Two administrators who remove each other at the same time wait for each other. */
	void lock(TenantId tenant) {
		this.jdbc.sql("SELECT 1 FROM access.tenant WHERE tenant_id = ? FOR UPDATE")
			.param(tenant.value())
			.query(Integer.class)
			.optional();
	}

	/**
	 * Requires that other administrators are left.
	 * @param user the account that loses a role
	 * @param role the role
	 * @throws InvalidRequestException a 409 for the last active user with ADMIN in its
	 * tenant, or with PLATFORM_ADMIN in the installation
	 */
	void requireOther(User user, Role role) {
		if (!user.roles().contains(role)) {
			return;
		}
		if (role == Role.ADMIN && !hasOther(user, role, "u.tenant_id = ?", user.tenant().value())) {
			throw InvalidRequestException
				.conflict("'%s' is the last active administrator; give another user the role ADMIN first"
					.formatted(user.name()));
		}
		if (role == Role.PLATFORM_ADMIN && !TenantScope.anywhere(() -> {
			lockPlatformAdministrators();
			return hasOther(user, role, "u.tenant_id <> ?", "");
		})) {
			throw InvalidRequestException.conflict(
					"'%s' is the last active administrator of the installation; give another user the role PLATFORM_ADMIN first"
						.formatted(user.name()));
		}
	}

	private boolean hasOther(User user, Role role, String condition, String tenant) {
		return this.jdbc.sql("""
				SELECT count(*) FROM access.app_user u
				JOIN access.user_role r ON r.tenant_id = u.tenant_id AND r.user_name = u.name
				WHERE %s AND u.name <> ? AND r.role = ? AND %s
				""".formatted(condition, ACTIVE))
			.params(tenant, user.name(), role.name())
			.query(Long.class)
			.single() > 0;
	}

	private void lockPlatformAdministrators() {
		this.jdbc
			.sql("SELECT user_name FROM access.user_role WHERE role = 'PLATFORM_ADMIN' ORDER BY user_name FOR UPDATE")
			.query(String.class)
			.list();
	}

}
