package io.waypost.agent.llm.provider;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** A request to a provider without an answer of a model. */
public class ModelCallException extends RuntimeException {

	private final Failure failure;

	private final int status;

	private final @Nullable Duration retryAfter;

	/**
	 * Makes an exception for a failure without a status.
	 * @param failure what failed
	 * @param detail for operators, without texts of request and response
	 */
	public ModelCallException(Failure failure, String detail) {
		this(failure, detail, 0, null);
	}

	ModelCallException(Failure failure, String detail, int status, @Nullable Duration retryAfter) {
		super(detail);
		this.failure = failure;
		this.status = status;
		this.retryAfter = retryAfter;
	}

	/** Returns what failed. */
	public Failure failure() {
		return this.failure;
	}

	/** Returns how long the provider asks to wait; null when it does not. */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/** Returns whether the same request may succeed when it is sent a second time. */
	public boolean isTransient() {
		return switch (this.failure) {
			case CONNECTION_LOST -> true;
			case STATUS -> this.status == 408 || this.status == 409 || this.status == 429 || this.status >= 500;
			default -> false;
		};
	}

	/**
	 * Returns whether the provider does not charge the request: it did not arrive, or it
	 * was refused before a model saw it.
	 */
	public boolean isFree() {
		return switch (this.failure) {
			case NOT_CONNECTED -> true;
			case STATUS -> switch (this.status) {
				case 400, 401, 403, 404, 429 -> true;
				default -> false;
			};
			default -> false;
		};
	}

	/** Returns a short code for the stored call and metrics. */
	public String code() {
		return switch (this.failure) {
			case NOT_CONNECTED -> "not_connected";
			case CONNECTION_LOST -> "connection_lost";
			case TIMEOUT -> "timeout";
			case INTERRUPTED -> "interrupted";
			case STATUS -> (this.status == 429) ? "rate_limited" : "status_" + this.status;
			case TOO_LARGE -> "too_large";
			case UNREADABLE -> "unreadable";
			case FILTERED -> "refused";
		};
	}

	/** What failed. */
	public enum Failure {

		/** No connection could be made, so nothing was sent. */
		NOT_CONNECTED,

		/** The connection was lost before the answer was complete. */
		CONNECTION_LOST,

		/** The answer was not complete in time. */
		TIMEOUT,

		/** The thread was interrupted. */
		INTERRUPTED,

		/** The response has another status than 200. */
		STATUS,

		/** The response is larger than any answer. */
		TOO_LARGE,

		/** The response is not in the provider's format. */
		UNREADABLE,

		/** A filter of the provider refused the prompt. */
		FILTERED

	}

}
