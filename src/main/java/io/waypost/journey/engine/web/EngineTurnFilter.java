package io.waypost.journey.engine.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.springframework.web.util.UriUtils;

/**
 * Limits the changes to the engine that are in progress: one deployment, and a few other
 * changes of each tenant. The engine deploys one after the other in any case, and a start
 * may work for seconds; each holds a database connection, so that many of them would stop
 * all other requests. Of the waiting deployments of a tenant one is in the queue of the
 * installation, so that a tenant with many does not keep the others from deploying.
 */
class EngineTurnFilter extends OncePerRequestFilter {

	private static final String CREATE = "/deployment/create";

	private static final String RETRY_SECONDS = "10";

	/** A quarter of the connection pool. */
	private static final int CHANGES_PER_TENANT = 4;

	private final Semaphore deployment = new Semaphore(1, true);

	private final ConcurrentMap<TenantId, Semaphore> deployments = new ConcurrentHashMap<>();

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
		long deadline = System.nanoTime() + this.patience.toNanos();
		TenantId tenant = caller().orElseThrow().tenant();
		if (!isDeployment(request)) {
			take(turns(this.changes, tenant, CHANGES_PER_TENANT), deadline, "Other changes of this tenant", response,
					() -> chain.doFilter(request, response));
			return;
		}
		take(turns(this.deployments, tenant, 1), deadline, "Other deployments of this tenant", response,
				() -> take(this.deployment, deadline, "Other deployments", response,
						() -> chain.doFilter(request, response)));
	}

	private static boolean isDeployment(HttpServletRequest request) {
		return UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8).contains(CREATE);
	}

	private static Semaphore turns(ConcurrentMap<TenantId, Semaphore> all, TenantId tenant, int atOnce) {
		return all.computeIfAbsent(tenant, (created) -> new Semaphore(atOnce, true));
	}

	/** Does the work when it is the turn of the request. */
	private void take(Semaphore turns, long deadline, String others, HttpServletResponse response, Work work)
			throws ServletException, IOException {
		if (!acquire(turns, deadline)) {
			refuse(response, others);
			return;
		}
		try {
			work.run();
		}
		finally {
			turns.release();
		}
	}

	/** The rest of the request. */
	private interface Work {

		void run() throws ServletException, IOException;

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

	private static boolean acquire(Semaphore turns, long deadline) {
		try {
			return turns.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
