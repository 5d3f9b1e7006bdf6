package io.waypost.access.totp;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Requires(AccessRight.MANAGE_USERS)
@Tag(name = "Users", description = "Accounts of people, their roles and invitations")
class TwoStepController {

	private final TwoStepSignIn signIn;

	TwoStepController(TwoStepSignIn signIn) {
		this.signIn = signIn;
	}

	@DeleteMapping("/api/v1/users/{id}/two-step")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Turn off the two-step sign-in of a user who lost the phone and the recovery codes")
	void remove(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		if (!this.signIn.remove(caller, id)) {
			throw InvalidRequestException
				.notFound("User '%s' has no two-step sign-in; GET /api/v1/users lists the users".formatted(id));
		}
	}

}
