package io.waypost.access.signin;

import java.util.List;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a request when its caller lacks the right of the endpoint, before parameters
 * and body are read. An endpoint without a right is refused too.
 */
class AccessRightInterceptor implements HandlerInterceptor {

	private final EndpointRights rights;

	AccessRightInterceptor(EndpointRights rights) {
		this.rights = rights;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod endpoint) {
			List<AccessRight> required = this.rights.of(endpoint).orElseThrow(() -> closed(request));
			if (!required.isEmpty()) {
				AccessRight.requireAny(caller(request), required);
			}
		}
		return true;
	}

	private static Caller caller(HttpServletRequest request) {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
			return caller;
		}
		throw closed(request);
	}

	private static InvalidRequestException closed(HttpServletRequest request) {
		return new InvalidRequestException(HttpStatus.FORBIDDEN,
				"%s %s is closed; no role allows it".formatted(request.getMethod(), request.getRequestURI()),
				List.of());
	}

}
