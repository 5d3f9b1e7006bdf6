package io.waypost.delivery.esp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a provider call came to. Only a definite no may be retried or failed over. Reason
 * codes that begin with {@code esp.} tell of the provider as a whole and count for its
 * circuit breaker; all others are about this one message.
 */
public sealed interface SubmitOutcome {

	/**
	 * The provider took the message.
	 *
	 * @param providerId its id for the message
	 */
	record Accepted(String providerId) implements SubmitOutcome {

	}

	/**
	 * The provider definitely did not take it, but may later.
	 *
	 * @param reason short code
	 * @param retryAfter how long the provider asks to wait, null when it did not say
	 */
	record Refused(String reason, @Nullable Duration retryAfter) implements SubmitOutcome {

	}

	/**
	 * The provider will never take this message.
	 *
	 * @param reason short code
	 */
	record Rejected(String reason) implements SubmitOutcome {

	}

	/**
	 * The answer was lost: the provider may or may not have taken it.
	 *
	 * @param reason short code
	 */
	record Unknown(String reason) implements SubmitOutcome {

	}

}
