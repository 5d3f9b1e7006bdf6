package io.waypost.access.signin;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/**
 * Decides which role may call the engine's REST API and its web applications. A request
 * that the allow-lists do not contain is refused.
 */
@Component
class EngineAccess implements AuthorizationManager<RequestAuthorizationContext> {

	private static final String WEBAPPS = "/camunda";

	/** Roles that work in the web applications. */
	private static final Set<Role> WEBAPP_ROLES = EnumSet.of(Role.REVIEWER, Role.COMPLIANCE, Role.OPERATOR);

	/** Where the same REST API is served, the longest prefix first. */
	private static final List<String> REST_API = List.of("/camunda/api/engine/engine/default",
			"/engine-rest/engine/default", "/engine-rest");

	private final AllowList engine = AllowList.read("access/engine-allow-list.txt");

	private final AllowList webapps = AllowList.read("access/webapp-allow-list.txt");

	@Override
	public AuthorizationDecision check(Supplier<Authentication> authentication, RequestAuthorizationContext context) {
		HttpServletRequest request = context.getRequest();
		Authentication signedIn = authentication.get();
		return new AuthorizationDecision(signedIn != null && signedIn.getPrincipal() instanceof Caller caller
				&& allows(request.getMethod(), request.getRequestURI(), caller));
	}

	private boolean allows(String method, String path, Caller caller) {
		for (String prefix : REST_API) {
			if (path.startsWith(prefix + "/")) {
				Set<Role> roles = EnumSet.noneOf(Role.class);
				roles.addAll(caller.roles());
				if (prefix.startsWith(WEBAPPS)) {
					roles.retainAll(WEBAPP_ROLES);
				}
				return this.engine.allows(method, path.substring(prefix.length()), roles);
			}
		}
		return path.startsWith(WEBAPPS + "/")
				&& this.webapps.allows(method, path.substring(WEBAPPS.length()), caller.roles());
	}

}
