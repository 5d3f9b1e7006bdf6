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
 * Where an outcome puts its send.
 *
 * @param status next status
 * @param reason why, null when all is well
 * @param readyAt when it may be claimed again, only with QUEUED
 * @param refusedBy who refused it in this round
 * @param providerId the provider's id, only with ACCEPTED
 */
record SendTransition(SendStatus status, @Nullable String reason, @Nullable Instant readyAt, List<String> refusedBy,
		@Nullable String providerId) {

	/**
	 * Only a definite no goes back to the queue: at once to the next provider, or after a
	 * pause to the first one again. Where no provider was asked, none has refused.
	 */
	static SendTransition of(SendOutcome outcome, EspRegistry roster, DeliverySettings settings) {
		return switch (outcome.result()) {
			case SubmitOutcome.Accepted accepted ->
				new SendTransition(SendStatus.ACCEPTED, null, null, List.of(), accepted.providerId());
			case SubmitOutcome.Rejected rejected ->
				new SendTransition(SendStatus.DEAD, rejected.reason(), null, List.of(), null);
			case SubmitOutcome.Unknown unknown ->
				new SendTransition(SendStatus.UNKNOWN, unknown.reason(), null, List.of(), null);
			case SubmitOutcome.Refused refused -> refused(outcome, refused, roster, settings);
		};
	}

	private static SendTransition refused(SendOutcome outcome, SubmitOutcome.Refused refused, EspRegistry roster,
			DeliverySettings settings) {
		ClaimedSend claimed = outcome.claimed();
		if (claimed.attempt() >= settings.maxAttempts()) {
			return new SendTransition(SendStatus.DEAD, "attempts_exhausted", null, List.of(), null);
		}
		if (!outcome.isEspCalled()) {
			Instant later = outcome.at().plus(settings.backOff(claimed.attempt()));
			return new SendTransition(SendStatus.QUEUED, refused.reason(), later, claimed.refusedBy(), null);
		}
		List<String> refusedBy = new ArrayList<>(claimed.refusedBy());
		refusedBy.add(claimed.esp());
		if (roster.hasAlternative(refusedBy)) {
			return new SendTransition(SendStatus.QUEUED, refused.reason(), outcome.at(), refusedBy, null);
		}
		Duration asked = Objects.requireNonNullElse(refused.retryAfter(), Duration.ZERO);
		Duration own = settings.backOff(claimed.attempt());
		Duration pause = (asked.compareTo(own) > 0) ? asked : own;
		return new SendTransition(SendStatus.QUEUED, refused.reason(), outcome.at().plus(pause), List.of(), null);
	}

}
