package io.waypost.journey.engine;

import io.waypost.access.DatabaseOutage;
import jakarta.servlet.http.HttpServletRequest;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Stores at the request that a command failed because of a database outage. The engine's
 * resources turn every failure into an error of their own, which hides the outage.
 */
public final class OutageInterceptor extends CommandInterceptor {

	private static final String ATTRIBUTE = OutageInterceptor.class.getName();

	@Override
	public <T> T execute(Command<T> command) {
		try {
			return this.next.execute(command);
		}
		catch (RuntimeException ex) {
			RequestAttributes request = RequestContextHolder.getRequestAttributes();
			if (request != null && DatabaseOutage.isCauseOf(ex)) {
				request.setAttribute(ATTRIBUTE, ex, RequestAttributes.SCOPE_REQUEST);
			}
			throw ex;
		}
	}

	/** The stored failure, null when there is none. */
	public static @Nullable RuntimeException of(HttpServletRequest request) {
		return (RuntimeException) request.getAttribute(ATTRIBUTE);
	}

}
