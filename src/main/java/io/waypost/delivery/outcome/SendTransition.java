package io.waypost.delivery.outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.esp.failover.EspRegistry;
import io.waypost.delivery.queue.ClaimedSend;
import org.jspecify.annotations.Nullable;

/**
 * Status change that follows from an outcome.
 *
 * @param status next status
 * @param reason short code, null when the status needs none
 * @param readyAt when the send may be claimed again, only with QUEUED
 * @param refusedBy providers that refused it in this round
 * @param providerId the provider's id, only with ACCEPTED
 */
record SendTransition(SendStatus status, @Nullable String reason, @Nullable Instant readyAt, List<String> refusedBy,
		@Nullable String providerId) {

	/**
	 * Derives the transition. Only a definite refusal returns to the queue: for the next
	 * provider at once, or after a pause for the first one. When no provider was called,
	 * none counts as having refused.
	 */
	static SendTransition of(SendOutcome outcome, EspRegistry registry, DeliverySettings settings) {
		return switch (outcome.result()) {
			case SubmitOutcome.Accepted accepted ->
				new SendTransition(SendStatus.ACCEPTED, null, null, List.of(), accepted.providerId());
			case SubmitOutcome.Rejected rejected ->
				new SendTransition(SendStatus.DEAD, rejected.reason(), null, List.of(), null);
			case SubmitOutcome.Unknown unknown ->
				new SendTransition(SendStatus.UNKNOWN, unknown.reason(), null, List.of(), null);
			case SubmitOutcome.Refused refused -> refused(outcome, refused, registry, settings);
		};
	}

	private static SendTransition refused(SendOutcome outcome, SubmitOutcome.Refused refused, EspRegistry registry,
			DeliverySettings settings) {
		ClaimedSend claimed = outcome.claimed();
		if (claimed.attempt() >= settings.maxAttempts()) {
			return new SendTransition(SendStatus.DEAD, "attempts_exhausted", null, List.of(), null);
		}
		if (!outcome.isEspCalled()) {
			Instant retryAt = outcome.at().plus(settings.backOff(claimed.attempt()));
			return new SendTransition(SendStatus.QUEUED, refused.reason(), retryAt, claimed.refusedBy(), null);
		}
		List<String> refusedBy = new ArrayList<>(claimed.refusedBy());
		refusedBy.add(claimed.esp());
		if (registry.hasAlternative(refusedBy)) {
			return new SendTransition(SendStatus.QUEUED, refused.reason(), outcome.at(), refusedBy, null);
		}
		Duration requested = Objects.requireNonNullElse(refused.retryAfter(), Duration.ZERO);
		Duration backOff = settings.backOff(claimed.attempt());
		Duration pause = (requested.compareTo(backOff) > 0) ? requested : backOff;
		return new SendTransition(SendStatus.QUEUED, refused.reason(), outcome.at().plus(pause), List.of(), null);
	}

}
