package io.waypost.journey.engine.identity;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.waypost.access.Role;

/** The engine's groups: one for each role, and its own administrators. */
public final class EngineGroups {

	/** The engine's own administrators; the group has no grants of Waypost. */
	public static final String ENGINE_ADMIN = "camunda-admin";

	private EngineGroups() {
	}

	static Stream<String> all() {
		return Stream.concat(Stream.of(Role.values()).map(EngineGroups::of), Stream.of(ENGINE_ADMIN));
	}

	static List<String> of(Set<Role> roles) {
		return Stream
			.concat(roles.stream().map(EngineGroups::of),
					roles.contains(Role.ADMIN) ? Stream.of(ENGINE_ADMIN) : Stream.empty())
			.sorted()
			.toList();
	}

	public static String of(Role role) {
		return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
