package io.waypost.access.signin;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.access.key.ApiTokenRepository;
import io.waypost.access.key.TokenScope;
import io.waypost.access.user.RoleMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;

/** Authenticates a request by {@code Authorization: Bearer <API token>}. */
class BearerTokenFilter extends OncePerRequestFilter {

	private static final String SCHEME = "bearer ";

	/** Paths that only tokens with the scope SCIM may use, also to change something. */
	static final String SCIM = "/scim/";

	private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

	private final ApiTokenRepository tokens;

	private final MetricsTokenSettings metrics;

	private final SecurityProblemHandler problems;

	BearerTokenFilter(ApiTokenRepository tokens, MetricsTokenSettings metrics, SecurityProblemHandler problems) {
		this.tokens = tokens;
		this.metrics = metrics;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String header = request.getHeader(HttpHeaders.AUTHORIZATION);
		if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			chain.doFilter(request, response);
			return;
		}
		String secret = header.substring(SCHEME.length()).trim();
		if (this.metrics.admits(request, secret)) {
			authenticate(MetricsTokenSettings.authentication());
			chain.doFilter(request, response);
			return;
		}
		Optional<ApiTokenRepository.TokenOwner> owner = this.tokens.find(secret);
		if (owner.isEmpty()) {
			this.problems.commence(request, response, new BadCredentialsException("Unknown API token"));
			return;
		}
		Optional<String> refusal = refusal(owner.get(), request);
		if (refusal.isPresent()) {
			this.problems.write(request, response, HttpStatus.FORBIDDEN, refusal.get());
			return;
		}
		authenticate(authentication(owner.get().caller()));
		chain.doFilter(request, response);
	}

	private static Optional<String> refusal(ApiTokenRepository.TokenOwner owner, HttpServletRequest request) {
		String name = owner.caller().name();
		if (isScim(request)) {
			return owner.scopes().contains(TokenScope.SCIM) ? Optional.empty()
					: Optional.of("API token '%s' has no scope SCIM; create a token with this scope".formatted(name));
		}
		if (owner.scimOnly()) {
			return Optional.of("API token '%s' has the scope SCIM only; create a token with the scope READ or WRITE"
				.formatted(name));
		}
		if (owner.readOnly() && !READS.contains(request.getMethod())) {
			return Optional.of("API token '%s' has no scope WRITE; create a token with this scope".formatted(name));
		}
		return Optional.empty();
	}

	/** Compares the decoded path, which the mappings match too. */
	static boolean isScim(HttpServletRequest request) {
		return UrlPathHelper.defaultInstance.getPathWithinApplication(request).startsWith(SCIM);
	}

	private static void authenticate(Authentication authentication) {
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(authentication);
		SecurityContextHolder.setContext(context);
	}

	private static Authentication authentication(Caller caller) {
		return UsernamePasswordAuthenticationToken.authenticated(caller, null, RoleMapper.authorities(caller.roles()));
	}

	/** The async dispatch of a streamed response needs the authentication again. */
	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

}
