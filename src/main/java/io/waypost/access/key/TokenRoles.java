package io.waypost.access.key;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;

import io.waypost.access.Role;
import io.waypost.access.user.RoleMapper;

/** The roles of an API token, which its owner limits. */
final class TokenRoles {

	/** Column with the current roles of the owner of a token {@code t}. */
	static final String OF_OWNER = """
			(SELECT coalesce(array_agg(r.role), '{}') FROM access.user_role r
				WHERE r.tenant_id = t.tenant_id AND r.user_name = t.owner) AS owner_roles""";

	private TokenRoles() {
	}

	/**
	 * Reads the roles that a token has now.
	 * @param row row with the columns roles, owner and owner_roles
	 * @return its roles as far as the owner covers them; all of them without an owner
	 */
	static Set<Role> effective(ResultSet row) throws SQLException {
		Set<Role> roles = EnumSet.noneOf(Role.class);
		roles.addAll(RoleMapper.fromArray(row.getArray("roles")));
		if (row.getString("owner") != null) {
			roles.retainAll(Role.coveredBy(RoleMapper.fromArray(row.getArray("owner_roles"))));
		}
		return roles;
	}

}
