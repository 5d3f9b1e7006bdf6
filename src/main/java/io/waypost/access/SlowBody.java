package io.waypost.access;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

/** Tells whether the body of a request was refused because it arrived too slowly. */
public final class SlowBody {

	/** Request attribute with the refusal. */
	public static final String ATTRIBUTE = SlowBody.class.getName();

	private SlowBody() {
	}

	/**
	 * Finds the refusal.
	 * @param request a request
	 * @return the refusal; empty if the body arrived
	 */
	public static Optional<InvalidRequestException> refusal(HttpServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof InvalidRequestException refusal) ? Optional.of(refusal)
				: Optional.empty();
	}

}
