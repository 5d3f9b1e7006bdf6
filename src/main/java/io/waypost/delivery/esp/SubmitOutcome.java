package io.waypost.delivery.esp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Outcome of one submission to a provider. Only a {@link Refused} submission may be
 * retried or moved to another provider. Reason codes that start with {@code esp.} concern
 * the provider as a whole and count for its circuit breaker; all others concern this
 * message.
 */
public sealed interface SubmitOutcome {

	/**
	 * The provider accepted the message.
	 *
	 * @param providerId the provider's id of the message
	 */
	record Accepted(String providerId) implements SubmitOutcome {

	}

	/**
	 * Temporary failure: the provider definitely did not accept the message, but may
	 * accept it later.
	 *
	 * @param reason short code
	 * @param retryAfter pause that the provider asks for, null when it does not name one
	 */
	record Refused(String reason, @Nullable Duration retryAfter) implements SubmitOutcome {

	}

	/**
	 * Permanent failure: the provider will never accept this message.
	 *
	 * @param reason short code
	 */
	record Rejected(String reason) implements SubmitOutcome {

	}

	/**
	 * The answer was lost: the provider may or may not have accepted the message.
	 *
	 * @param reason short code
	 */
	record Unknown(String reason) implements SubmitOutcome {

	}

}
