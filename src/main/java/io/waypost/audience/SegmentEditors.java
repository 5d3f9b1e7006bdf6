package io.waypost.audience;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.access.Role;

import org.springframework.http.HttpStatus;

/** Who may change what segments mean. */
public final class SegmentEditors {

	private static final Set<Role> ROLES = Set.of(Role.MARKETER, Role.ADMIN);

	private SegmentEditors() {
	}

	/**
	 * Whether somebody may.
	 * @param caller who asks
	 * @return true for the roles MARKETER and ADMIN
	 */
	public static boolean include(Caller caller) {
		return !Collections.disjoint(caller.roles(), ROLES);
	}

	/**
	 * Lets only editors go on.
	 * @param caller who asks
	 * @throws InvalidRequest a 403 for everybody else
	 */
	public static void require(Caller caller) {
		if (!include(caller)) {
			throw new InvalidRequest(HttpStatus.FORBIDDEN,
					"'%s' may not change segments; it takes the role MARKETER or ADMIN".formatted(caller.name()),
					List.of());
		}
	}

}
