package io.waypost.access.user;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.waypost.access.Role;

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

	static String[] toArray(Set<Role> roles) {
		return roles.stream().map(Role::name).sorted().toArray(String[]::new);
	}

	public static List<GrantedAuthority> authorities(Set<Role> roles) {
		return Arrays.stream(toArray(roles))
			.<GrantedAuthority>map((name) -> new SimpleGrantedAuthority("ROLE_" + name))
			.toList();
	}

}
