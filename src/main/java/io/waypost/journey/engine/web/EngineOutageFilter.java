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
 * Gives back to the outside what the engine's resources hid in an answer of 500: that the
 * database is away, which is answered further out and for everybody alike. Nothing leaves
 * before the engine has said what it has to say, so there is something to take back.
 */
class EngineOutageFilter extends OncePerRequestFilter {

	/** Answers later, on another thread. */
	private static final String LONG_POLL = "/external-task/fetchAndLock";

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getRequestURI().contains(LONG_POLL);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
		chain.doFilter(request, answer);
		RuntimeException outage = OutageInterceptor.of(request);
		if (outage != null && answer.getStatus() >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
			throw outage;
		}
		answer.copyBodyToResponse();
	}

}
