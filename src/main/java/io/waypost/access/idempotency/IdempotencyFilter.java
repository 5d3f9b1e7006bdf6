package io.waypost.access.idempotency;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;

import io.waypost.access.IdempotencyKey;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Stores the answers of requests that {@link IdempotencyInterceptor} lets pass, before
 * the client receives them. Runs behind the sign-in, within the scope of the caller's
 * tenant.
 */
class IdempotencyFilter extends OncePerRequestFilter {

	private final Supplier<IdempotentRequests> requests;

	IdempotencyFilter(Supplier<IdempotentRequests> requests) {
		this.requests = requests;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !"POST".equals(request.getMethod()) || request.getHeader(IdempotencyKey.HEADER) == null;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		BufferedBodyRequest buffered = new BufferedBodyRequest(request);
		ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
		boolean answered = false;
		try {
			chain.doFilter(buffered, answer);
			answered = true;
		}
		finally {
			finish(buffered, answered ? answer(answer) : failure());
		}
		answer.copyBodyToResponse();
	}

	private void finish(BufferedBodyRequest request, StoredAnswer answer) {
		KeyClaim.Granted claim = request.claim();
		if (claim != null) {
			this.requests.get().finish(claim, answer, request.storesAnswer());
		}
	}

	private static StoredAnswer answer(ContentCachingResponseWrapper response) {
		return StoredAnswer.of(response.getStatus(), Objects.requireNonNullElse(response.getContentType(), ""),
				Objects.requireNonNullElse(response.getHeader(HttpHeaders.LOCATION), ""),
				response.getContentAsByteArray());
	}

	private static StoredAnswer failure() {
		return StoredAnswer.of(HttpStatus.INTERNAL_SERVER_ERROR.value(), "", "", new byte[0]);
	}

}
