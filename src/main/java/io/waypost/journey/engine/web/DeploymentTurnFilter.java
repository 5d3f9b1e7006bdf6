package io.waypost.journey.engine.web;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets one request deploy at a time. The engine deploys one after the other in any case,
 * but a deployment that waits there holds a database connection, so that many of them
 * would stop all other requests.
 */
class DeploymentTurnFilter extends OncePerRequestFilter {

	private static final String CREATE = "/deployment/create";

	private static final String RETRY_SECONDS = "10";

	private final Semaphore turn = new Semaphore(1, true);

	private final Duration patience;

	private final ObjectMapper mapper;

	/**
	 * Creates the filter.
	 * @param patience how long a deployment waits for the one before
	 * @param mapper writes the problem
	 */
	DeploymentTurnFilter(Duration patience, ObjectMapper mapper) {
		this.patience = patience;
		this.mapper = mapper;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !request.getRequestURI().contains(CREATE);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!acquire()) {
			response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			this.mapper.writeValue(response.getOutputStream(),
					ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
							"Other deployments take longer than %d seconds; retry after %s seconds"
								.formatted(this.patience.toSeconds(), RETRY_SECONDS)));
			return;
		}
		try {
			chain.doFilter(request, response);
		}
		finally {
			this.turn.release();
		}
	}

	private boolean acquire() {
		try {
			return this.turn.tryAcquire(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
