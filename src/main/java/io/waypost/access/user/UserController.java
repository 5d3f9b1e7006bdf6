package io.waypost.access.user;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.database.TenantScope;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/users")
@Tag(name = "Users", description = "Accounts of people, their roles and invitations")
@Requires(AccessRight.MANAGE_USERS)
class UserController {

	private final UserAccounts accounts;

	UserController(UserAccounts accounts) {
		this.accounts = accounts;
	}

	/**
	 * A new user.
	 *
	 * @param name sign-in name: letters, digits and {@code _.@+-}
	 * @param roles for example {@code ["MARKETER"]}
	 * @param tenant default: the caller's tenant; another one requires PLATFORM_ADMIN
	 */
	record UserRequest(@Nullable String name, @Nullable List<@Nullable String> roles, @Nullable String tenant) {

	}

	record RolesRequest(@Nullable List<@Nullable String> roles) {

	}

	record PasswordRequest(@Nullable String currentPassword, @Nullable String password) {

	}

	/**
	 * A user and the invitation, which is shown once.
	 *
	 * @param name sign-in name
	 * @param invitation path of the page where the user chooses a password
	 * @param expiresAt when the invitation stops working
	 */
	record InvitationResponse(String name, String invitation, Instant expiresAt) {

		static InvitationResponse of(String name, UserAccounts.Invitation invitation) {
			return new InvitationResponse(name, invitation.path(), invitation.expiresAt());
		}

	}

	@GetMapping
	@Operation(summary = "List the users of your tenant")
	Page<UserAccounts.UserAccount> list(@AuthenticationPrincipal Caller caller,
			@RequestParam(defaultValue = "100") int limit, @RequestParam(required = false) @Nullable String cursor) {
		int size = Cursor.limit(limit);
		String after = Cursor.decode(cursor, 1).map((last) -> last.text(0)).orElse("");
		return Cursor.page(this.accounts.list(caller.tenant(), after, size + 1), size,
				(last) -> Cursor.of(last.name()));
	}

	@PostMapping
	@Requires({ AccessRight.MANAGE_USERS, AccessRight.MANAGE_TENANTS })
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Invite a user; the answer has the path of the page where the user chooses a password")
	InvitationResponse invite(@AuthenticationPrincipal Caller caller, @RequestBody UserRequest body) {
		User user = new User(tenant(caller, body.tenant()), (body.name() != null) ? body.name() : "",
				roles(caller, body.roles()));
		return InvitationResponse.of(user.name(),
				TenantScope.of(user.tenant(), () -> this.accounts.invite(user, caller.actor())));
	}

	@PostMapping("/{id}/invitations")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Invite a user again, for example after a forgotten password")
	InvitationResponse inviteAgain(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return InvitationResponse.of(id, this.accounts.inviteAgain(caller, id));
	}

	@PutMapping("/{id}/roles")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Replace the roles of a user; ends the user's sessions")
	void assignRoles(@AuthenticationPrincipal Caller caller, @PathVariable String id, @RequestBody RolesRequest body) {
		this.accounts.assignRoles(caller, id, roles(caller, body.roles()));
	}

	@PutMapping("/me/password")
	@Requires(AccessRight.MANAGE_OWN_ACCOUNT)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Change your own password; ends your sessions")
	void changePassword(@AuthenticationPrincipal Caller caller, @RequestBody PasswordRequest body) {
		this.accounts.changePassword(caller.tenant(), caller.name(), String.valueOf(body.currentPassword()),
				(body.password() != null) ? body.password() : "");
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a user and the user's API tokens; what the user did stays in the ledger",
			description = "GET /api/v1/tokens lists the tokens with their owners. The ledger names the deleted ones")
	void delete(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		this.accounts.delete(caller, id);
	}

	private static TenantId tenant(Caller caller, @Nullable String requested) {
		if (requested == null && !AccessRight.MANAGE_USERS.isGrantedTo(caller)) {
			throw InvalidRequestException.badRequest("/tenant", "is missing; name the tenant of the new user");
		}
		if (requested == null || requested.equals(caller.tenant().value())) {
			AccessRight.MANAGE_USERS.require(caller);
			return caller.tenant();
		}
		AccessRight.MANAGE_TENANTS.require(caller);
		try {
			return new TenantId(requested);
		}
		catch (IllegalArgumentException ex) {
			throw InvalidRequestException.badRequest("/tenant", String.valueOf(ex.getMessage()));
		}
	}

	private static Set<Role> roles(Caller caller, @Nullable List<@Nullable String> names) {
		Set<Role> roles = RoleMapper.parse(names, "/roles");
		if (roles.contains(Role.PLATFORM_ADMIN)) {
			AccessRight.MANAGE_TENANTS.require(caller);
		}
		return roles;
	}

}
