package io.waypost.access.signin;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.UserRepository;
import io.waypost.access.oidc.OidcProviders;
import io.waypost.access.totp.TwoStepSignIn;
import io.waypost.access.user.RoleMapper;
import io.waypost.database.TenantScope;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Authenticates users by name and password, from the sign-in page and HTTP Basic. */
@Component
class PasswordAuthenticationProvider implements AuthenticationProvider {

	private final UserRepository users;

	private final LoginThrottle throttle;

	private final TwoStepSignIn twoStep;

	private final OidcProviders providers;

	PasswordAuthenticationProvider(UserRepository users, LoginThrottle throttle, TwoStepSignIn twoStep,
			OidcProviders providers) {
		this.users = users;
		this.throttle = throttle;
		this.twoStep = twoStep;
		this.providers = providers;
	}

	@Override
	public Authentication authenticate(Authentication request) {
		String name = request.getName();
		if (name.chars().anyMatch(Character::isISOControl)) {
			// No user has such a name, and the database refuses a null character
			throw new BadCredentialsException("Wrong name or password");
		}
		String address = (request.getDetails() instanceof WebAuthenticationDetails details) ? details.getRemoteAddress()
				: "";
		if (!this.throttle.allows(name, address)) {
			throw new TooManyAttemptsException();
		}
		User user = this.users.authenticate(name, String.valueOf(request.getCredentials())).orElseThrow(() -> {
			this.throttle.failed(name, address);
			return new BadCredentialsException("Wrong name or password");
		});
		requireAllowedPassword(user);
		TenantScope.run(user.tenant(), () -> requireSecondStep(user, request, address));
		this.throttle.succeeded(name, address);
		return authentication(user, request);
	}

	/** Administrators of the installation get in when the identity provider is down. */
	private void requireAllowedPassword(User user) {
		if (!this.providers.isPasswordAllowed(user.tenant()) && !user.roles().contains(Role.PLATFORM_ADMIN)) {
			throw new PasswordSwitchedOffException(user.tenant().value());
		}
	}

	/**
	 * Asks for a code on the sign-in page. HTTP Basic has no place for it, so the account
	 * cannot use Basic. A wrong code counts as a failure.
	 */
	private void requireSecondStep(User user, Authentication request, String address) {
		if (!this.twoStep.isActive(user.tenant(), user.name())) {
			return;
		}
		if (!(request.getDetails() instanceof SignInDetails details) || details.code().isBlank()) {
			throw new TwoStepException();
		}
		if (!this.twoStep.verify(user.tenant(), user.name(), details.code())) {
			this.throttle.failed(user.name(), address);
			throw new BadCredentialsException("Wrong or used code");
		}
	}

	/** Whether a caller signed in by password and not by API token. */
	static boolean isByPassword(Authentication authentication) {
		return authentication.getDetails() instanceof WebAuthenticationDetails;
	}

	private static Authentication authentication(User user, Authentication request) {
		Caller caller = new Caller(user.tenant(), user.name(), user.roles());
		UsernamePasswordAuthenticationToken authentication = UsernamePasswordAuthenticationToken.authenticated(caller,
				null, RoleMapper.authorities(user.roles()));
		authentication.setDetails(request.getDetails());
		return authentication;
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
	}

}
