package io.waypost.delivery;

import java.time.Instant;

import io.waypost.delivery.esp.SubmitOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What became of a claimed send.
 *
 * @param claimed the send
 * @param result the provider's answer, or ours where the provider was not called
 * @param at when it was known
 * @param addressHash keyed hash of the address used, null when there was none
 * @param contentHash SHA-256 of the words as sent, null when there were none
 */
record Outcome(Claimed claimed, SubmitOutcome result, Instant at, @Nullable String addressHash,
		@Nullable String contentHash) {

	static Outcome local(Claimed claimed, SubmitOutcome result, Instant at) {
		return new Outcome(claimed, result, at, null, null);
	}

	/** The name under which attempts and metrics know it. */
	String name() {
		return switch (this.result) {
			case SubmitOutcome.Accepted accepted -> "accepted";
			case SubmitOutcome.Refused refused -> "refused";
			case SubmitOutcome.Rejected rejected -> "rejected";
			case SubmitOutcome.Unknown unknown -> "unknown";
		};
	}

}
