package io.waypost.journey.engine.web;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.SlowBody;
import io.waypost.journey.engine.OutageInterceptor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Rethrows a database outage that the engine's resources hid in a response with status
 * 500, so that the outer filter answers it as for all other requests. Faults that the
 * request caused get a status below 500. A body that was too slow is answered by the
 * outer filter. The answer is buffered until the engine has finished.
 */
class EngineOutageFilter extends OncePerRequestFilter {

	/** Answered later, on another thread. */
	private static final String LONG_POLL = "/external-task/fetchAndLock";

	private final ObjectMapper mapper;

	EngineOutageFilter(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getRequestURI().contains(LONG_POLL);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
		chain.doFilter(request, buffered);
		RuntimeException outage = OutageInterceptor.of(request);
		if (SlowBody.refusal(request).isPresent()) {
			return;
		}
		if (buffered.getStatus() >= HttpStatus.INTERNAL_SERVER_ERROR.value() && outage != null) {
			throw outage;
		}
		// Other filters answer 503 on purpose
		if (buffered.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
			buffered.setStatus(status(request, buffered));
		}
		buffered.copyBodyToResponse();
	}

	private int status(HttpServletRequest request, ContentCachingResponseWrapper buffered) {
		try {
			JsonNode fault = this.mapper.readTree(buffered.getContentAsByteArray());
			return (fault != null) ? EngineFaultStatus.of(request.getRequestURI(), fault).value()
					: buffered.getStatus();
		}
		catch (IOException noJson) {
			return buffered.getStatus();
		}
	}

}
