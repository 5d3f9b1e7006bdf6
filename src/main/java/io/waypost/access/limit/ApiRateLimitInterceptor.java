package io.waypost.access.limit;

import io.waypost.access.Caller;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;

/** Counts the requests of signed-in callers of the management API. */
class ApiRateLimitInterceptor implements HandlerInterceptor {

	private final RequestLimiter limiter;

	private final int perSecond;

	ApiRateLimitInterceptor(RequestLimiter limiter, int perSecond) {
		this.limiter = limiter;
		this.perSecond = perSecond;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (request.getDispatcherType() == DispatcherType.REQUEST && authentication != null
				&& authentication.getPrincipal() instanceof Caller caller) {
			this.limiter.countApi(caller.tenant(), caller.name(), this.perSecond, response);
		}
		return true;
	}

}
