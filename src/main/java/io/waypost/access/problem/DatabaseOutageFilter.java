package io.waypost.access.problem;

import java.io.IOException;

import io.waypost.access.DatabaseOutage;
import io.waypost.access.signin.SecurityProblemHandler;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers requests that fail because of a database outage with 503 and Retry-After,
 * whether the sign-in or a controller failed. The filter is in front of the security
 * filter chains for that reason.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER - 10)
class DatabaseOutageFilter extends OncePerRequestFilter {

	private static final Logger log = LoggerFactory.getLogger(DatabaseOutageFilter.class);

	private static final String RETRY_SECONDS = "5";

	private final SecurityProblemHandler problems;

	DatabaseOutageFilter(SecurityProblemHandler problems) {
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException | RuntimeException failure) {
			if (!DatabaseOutage.isCauseOf(failure) || response.isCommitted()) {
				throw failure;
			}
			log.warn("{} {} was answered with 503 because the database is unavailable", request.getMethod(),
					request.getRequestURI());
			response.reset();
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
			answer(request, response);
		}
	}

	private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String accepted = request.getHeader(HttpHeaders.ACCEPT);
		if (accepted != null && accepted.contains("text/html")) {
			response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value());
			return;
		}
		this.problems.write(request, response, HttpStatus.SERVICE_UNAVAILABLE,
				"The database is unavailable; nothing was changed. Retry after %s seconds".formatted(RETRY_SECONDS));
	}

}
