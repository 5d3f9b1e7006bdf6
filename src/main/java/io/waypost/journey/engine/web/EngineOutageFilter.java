package io.waypost.journey.engine.web;

import java.io.IOException;

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
 * 500, so that the outer filter answers it as for all other requests. The answer is
 * buffered until the engine has finished.
 */
class EngineOutageFilter extends OncePerRequestFilter {

	/** Answered later, on another thread. */
	private static final String LONG_POLL = "/external-task/fetchAndLock";

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
		if (outage != null && buffered.getStatus() >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
			throw outage;
		}
		buffered.copyBodyToResponse();
	}

}
