package io.waypost.access.signin;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.totp.TwoStepSignIn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sends administrators and modelers without two-step sign-in to the page where they turn
 * it on, when the setting requires it. API tokens are not affected.
 */
@Component
class TwoStepFilter extends OncePerRequestFilter {

	private static final String PAGE = "/account/two-step";

	private static final Set<Role> ROLES = EnumSet.of(Role.ADMIN, Role.MODELER, Role.PLATFORM_ADMIN);

	private final TwoStepSettings settings;

	private final TwoStepSignIn signIn;

	private final SecurityProblemHandler problems;

	TwoStepFilter(TwoStepSettings settings, TwoStepSignIn signIn, SecurityProblemHandler problems) {
		this.settings = settings;
		this.signIn = signIn;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (!this.settings.totpRequired() || isOpen(request.getRequestURI()) || authentication == null
				|| !PasswordAuthenticationProvider.isByPassword(authentication)
				|| !(authentication.getPrincipal() instanceof Caller caller)
				|| caller.roles().stream().noneMatch(ROLES::contains)
				|| this.signIn.isActive(caller.tenant(), caller.name())) {
			chain.doFilter(request, response);
		}
		else if ("GET".equals(request.getMethod()) && !request.getRequestURI().startsWith("/api/")) {
			response.sendRedirect(PAGE);
		}
		else {
			this.problems.write(request, response, HttpStatus.FORBIDDEN,
					"'%s' must turn on two-step sign-in at %s first".formatted(caller.name(), PAGE));
		}
	}

	private static boolean isOpen(String path) {
		return Stream.of(PAGE, "/logout", "/login", "/assets/", "/webjars/").anyMatch(path::startsWith);
	}

}
