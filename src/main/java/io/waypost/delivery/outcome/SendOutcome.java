package io.waypost.delivery.outcome;

import java.time.Instant;

import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.queue.ClaimedSend;
import org.jspecify.annotations.Nullable;

/**
 * Outcome of a claimed send.
 *
 * @param claimed the send
 * @param result the provider's answer, or a local result when the provider was not called
 * @param at when it was known
 * @param addressHash keyed hash of the address, null when there was none
 * @param contentHash SHA-256 of the content as sent, null when the provider was not
 * called
 */
public record SendOutcome(ClaimedSend claimed, SubmitOutcome result, Instant at, @Nullable String addressHash,
		@Nullable String contentHash) {

	/** Makes the outcome of a send that was not submitted. */
	public static SendOutcome local(ClaimedSend claimed, SubmitOutcome result, Instant at) {
		return new SendOutcome(claimed, result, at, null, null);
	}

	/** Returns whether the provider was called. */
	boolean isEspCalled() {
		return this.contentHash != null;
	}

	/** Returns the name in attempts and metrics. */
	public String name() {
		return switch (this.result) {
			case SubmitOutcome.Accepted accepted -> "accepted";
			case SubmitOutcome.Refused refused -> "refused";
			case SubmitOutcome.Rejected rejected -> "rejected";
			case SubmitOutcome.Unknown unknown -> "unknown";
		};
	}

}
