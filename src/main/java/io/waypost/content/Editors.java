package io.waypost.content;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.access.Role;

import org.springframework.http.HttpStatus;

/** Who may change content. */
final class Editors {

	private static final Set<Role> ROLES = Set.of(Role.MARKETER, Role.ADMIN);

	private Editors() {
	}

	static void require(Caller caller) {
		if (Collections.disjoint(caller.roles(), ROLES)) {
			throw new InvalidRequest(HttpStatus.FORBIDDEN,
					"'%s' may not change content; it takes the role MARKETER or ADMIN".formatted(caller.name()),
					List.of());
		}
	}

}
