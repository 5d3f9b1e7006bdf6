package io.waypost.access.session;

import java.util.Optional;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/users/{id}/sessions")
@Tag(name = "Users", description = "Accounts of people, their roles and invitations")
@Requires(AccessRight.MANAGE_OWN_ACCOUNT)
class SessionController {

	private final UserSessions sessions;

	SessionController(UserSessions sessions) {
		this.sessions = sessions;
	}

	@GetMapping
	@Operation(summary = "List the browser sessions of a user; your own need no right")
	Page<UserSessions.UserSession> list(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		requireOwnOrRight(caller, id);
		return new Page<>(this.sessions.list(caller.tenant(), id), null);
	}

	@DeleteMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "End the browser sessions of a user, or one of them, within five seconds")
	void revoke(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestParam(required = false) @Nullable String session) {
		requireOwnOrRight(caller, id);
		this.sessions.revoke(caller, id, Optional.ofNullable(session));
	}

	private static void requireOwnOrRight(Caller caller, String id) {
		if (!caller.name().equals(id)) {
			AccessRight.MANAGE_USERS.require(caller);
		}
	}

}
