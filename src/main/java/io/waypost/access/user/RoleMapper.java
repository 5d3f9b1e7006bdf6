package io.waypost.access.user;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Converts roles from and to SQL arrays and Spring Security authorities. */
public final class RoleMapper {

	private RoleMapper() {
	}

	public static Set<Role> fromArray(Array names) throws SQLException {
		Set<Role> roles = EnumSet.noneOf(Role.class);
		for (String name : (String[]) names.getArray()) {
			roles.add(Role.valueOf(name));
		}
		return roles;
	}

	/**
	 * Parses the roles of a request.
	 * @param names role names; null for none
	 * @param pointer JSON pointer to the list
	 * @return the roles
	 * @throws InvalidRequestException a 400 that names an unknown role and the nearest
	 * known one
	 */
	public static Set<Role> parse(@Nullable List<@Nullable String> names, String pointer) {
		Set<Role> roles = EnumSet.noneOf(Role.class);
		List<@Nullable String> given = (names != null) ? names : List.of();
		for (int index = 0; index < given.size(); index++) {
			roles.add(parse(String.valueOf(given.get(index)), pointer + "/" + index));
		}
		return roles;
	}

	private static Role parse(String name, String pointer) {
		return Arrays.stream(Role.values())
			.filter((role) -> role.name().equals(name))
			.findFirst()
			.orElseThrow(() -> InvalidRequestException.badRequest(pointer,
					"'%s' is not a role; use %s".formatted(name, Arrays.toString(Role.values()))));
	}

	public static String[] toArray(Set<Role> roles) {
		return roles.stream().map(Role::name).sorted().toArray(String[]::new);
	}

	public static List<GrantedAuthority> authorities(Set<Role> roles) {
		return Arrays.stream(toArray(roles))
			.<GrantedAuthority>map((name) -> new SimpleGrantedAuthority("ROLE_" + name))
			.toList();
	}

}
