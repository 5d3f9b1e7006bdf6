package io.waypost.journey.engine.identity;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.waypost.access.Role;

/**
 * The engine's groups: one for each role. No user is a member of the engine's own group
 * {@code camunda-admin}, because the engine does not check the tenant of its members.
 */
public final class EngineGroups {

	private EngineGroups() {
	}

	static Stream<String> all() {
		return Stream.of(Role.values()).map(EngineGroups::of);
	}

	static List<String> of(Set<Role> roles) {
		return roles.stream().map(EngineGroups::of).sorted().toList();
	}

	public static String of(Role role) {
		return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
