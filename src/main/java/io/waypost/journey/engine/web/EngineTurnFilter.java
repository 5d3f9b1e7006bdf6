package io.waypost.journey.engine.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Caller;
import io.waypost.kernel.TenantId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the changes to the engine that are in progress: one deployment, and a few other
 * changes of each tenant. The engine deploys one after the other in any case, and a start
 * may work for seconds; each holds a database connection, so that many of them would stop
 * all other requests.
 */
class EngineTurnFilter extends OncePerRequestFilter {

	private static final String CREATE = "/deployment/create";

	private static final String RETRY_SECONDS = "10";

	/** A quarter of the connection pool. */
	private static final int CHANGES_PER_TENANT = 4;

	private final Semaphore deployment = new Semaphore(1, true);

	private final ConcurrentMap<TenantId, Semaphore> changes = new ConcurrentHashMap<>();

	private final Duration patience;

	private final ObjectMapper mapper;

	/**
	 * Creates the filter.
	 * @param patience how long a request waits for its turn
	 * @param mapper writes the problem
	 */
	EngineTurnFilter(Duration patience, ObjectMapper mapper) {
		this.patience = patience;
		this.mapper = mapper;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod())
				|| caller().isEmpty();
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		boolean deploys = request.getRequestURI().contains(CREATE);
		Semaphore turns = deploys ? this.deployment : this.changes.computeIfAbsent(caller().orElseThrow().tenant(),
				(tenant) -> new Semaphore(CHANGES_PER_TENANT, true));
		if (!acquire(turns)) {
			refuse(response, deploys ? "Other deployments" : "Other changes of this tenant");
			return;
		}
		try {
			chain.doFilter(request, response);
		}
		finally {
			turns.release();
		}
	}

	/** A request without a caller is refused later. */
	private static Optional<Caller> caller() {
		return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
			.map(Authentication::getPrincipal)
			.filter(Caller.class::isInstance)
			.map(Caller.class::cast);
	}

	private void refuse(HttpServletResponse response, String others) throws IOException {
		response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
		response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		this.mapper.writeValue(response.getOutputStream(),
				ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
						"%s take longer than %d seconds; retry after %s seconds".formatted(others,
								this.patience.toSeconds(), RETRY_SECONDS)));
	}

	private boolean acquire(Semaphore turns) {
		try {
			return turns.tryAcquire(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
