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
 * @param contentHash SHA-256 of the words as sent, null when the provider was not called
 */
record Outcome(Claimed claimed, SubmitOutcome result, Instant at, @Nullable String addressHash,
		@Nullable String contentHash) {

	/** Of a send that was not taken to its provider. */
	static Outcome local(Claimed claimed, SubmitOutcome result, Instant at) {
		return new Outcome(claimed, result, at, null, null);
	}

	/** Whether the provider was, or may have been, called. */
	boolean called() {
		return this.contentHash != null;
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
