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
 * While the database is away every request is answered with 503 and the time to come
 * back, wherever it failed: already at the sign-in, or in a room. Stands in front of the
 * security chains for that reason.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER - 10)
class DatabaseOutageFilter extends OncePerRequestFilter {

	private static final Logger log = LoggerFactory.getLogger(DatabaseOutageFilter.class);

	private static final String RETRY_SECONDS = "5";

	private final SecurityProblemHandler answers;

	DatabaseOutageFilter(SecurityProblemHandler answers) {
		this.answers = answers;
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
			log.warn("{} {} was answered with 503, because the database is away", request.getMethod(),
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
		this.answers.write(request, response, HttpStatus.SERVICE_UNAVAILABLE,
				"The database cannot be reached at the moment and nothing was changed or acknowledged; "
						+ "try again in %s seconds".formatted(RETRY_SECONDS));
	}

}
