package io.waypost.access.user;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.UserRepository;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Decides who may change an account: its password, roles, two-step sign-in, sessions and
 * existence. The caller needs every role of the account, because whoever changes the
 * credential of an account can use it. {@link Role#coveredBy} says which roles an
 * administrator covers. Users may always change their own account.
 */
@Component
public class AccountChangePolicy {

	private final UserRepository users;

	public AccountChangePolicy(UserRepository users) {
		this.users = users;
	}

	/**
	 * Requires that a caller may change an account of the caller's tenant.
	 * @param caller who changes it
	 * @param name name of the account
	 * @return the account as it is now
	 * @throws InvalidRequestException a 404 for an unknown user, a 403 for an account
	 * with a role that the caller does not cover
	 */
	public User require(Caller caller, String name) {
		User account = this.users.find(name)
			.filter((user) -> user.tenant().equals(caller.tenant()))
			.orElseThrow(() -> InvalidRequestException
				.notFound("There is no user '%s'; GET /api/v1/users lists the users".formatted(name)));
		if (!caller.name().equals(name)) {
			requireCovered(caller, "change the account '%s'".formatted(name), account.roles());
		}
		return account;
	}

	/**
	 * Requires that a caller covers some roles.
	 * @param caller the caller
	 * @param action what the caller wants to do
	 * @param roles roles that are given or changed
	 * @throws InvalidRequestException a 403 that names the roles that are not covered
	 */
	public static void requireCovered(Caller caller, String action, Set<Role> roles) {
		Set<Role> missing = EnumSet.noneOf(Role.class);
		missing.addAll(roles);
		missing.removeAll(Role.coveredBy(caller.roles()));
		if (!missing.isEmpty()) {
			throw new InvalidRequestException(
					HttpStatus.FORBIDDEN, "'%s' may not %s with the role %s; only a caller with this role may"
						.formatted(caller.name(), action, String.join(", ", missing.stream().map(Role::name).toList())),
					List.of());
		}
	}

}
