package io.waypost.access.user;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.access.Role;

/**
 * Groups of an identity provider for each role. OpenID Connect, SAML and SCIM use the
 * same mapping.
 *
 * @param groups at least one role; PLATFORM_ADMIN is refused
 */
public record GroupMapping(Map<Role, List<String>> groups) {

	public GroupMapping {
		if (groups.isEmpty()) {
			throw new IllegalArgumentException("waypost.sign-in: groups '' must name the groups of at least one role");
		}
		if (groups.containsKey(Role.PLATFORM_ADMIN)) {
			throw new IllegalArgumentException(
					"waypost.sign-in: groups '%s' cannot be given by an identity provider; such users sign in with a password"
						.formatted(Role.PLATFORM_ADMIN));
		}
		groups = Map.copyOf(groups);
	}

	/** Returns the roles of a user in these groups. */
	public Set<Role> roles(Collection<String> memberOf) {
		Set<Role> roles = EnumSet.noneOf(Role.class);
		this.groups.forEach((role, names) -> {
			if (names.stream().anyMatch(memberOf::contains)) {
				roles.add(role);
			}
		});
		return roles;
	}

}
