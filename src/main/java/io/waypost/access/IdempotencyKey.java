package io.waypost.access;

/**
 * Names of requests with an {@code Idempotency-Key}: a repeated POST with the same key
 * and body is carried out once and answered with the stored response for 24 hours.
 */
public final class IdempotencyKey {

	/** The request header. */
	public static final String HEADER = "Idempotency-Key";

	/**
	 * Request attribute with the id of the request, a {@code UUID} that sorts by time. It
	 * is the same when a request is carried out again because the server failed before
	 * the response was stored. A controller that uses it as the id of what it creates has
	 * its effect once even then. Absent without the header.
	 */
	public static final String REQUEST_ID = "io.waypost.access.idempotent-request-id";

	private IdempotencyKey() {
	}

}
