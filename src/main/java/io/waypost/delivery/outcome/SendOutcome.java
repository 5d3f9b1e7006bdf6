package io.waypost.delivery.outcome;

import java.time.Instant;

import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.queue.ClaimedSend;
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
public record SendOutcome(ClaimedSend claimed, SubmitOutcome result, Instant at, @Nullable String addressHash,
		@Nullable String contentHash) {

	/** Of a send that was not taken to its provider. */
	public static SendOutcome local(ClaimedSend claimed, SubmitOutcome result, Instant at) {
		return new SendOutcome(claimed, result, at, null, null);
	}

	/** Whether the provider was, or may have been, called. */
	boolean isEspCalled() {
		return this.contentHash != null;
	}

	/** The name under which attempts and metrics know it. */
	public String name() {
		return switch (this.result) {
			case SubmitOutcome.Accepted accepted -> "accepted";
			case SubmitOutcome.Refused refused -> "refused";
			case SubmitOutcome.Rejected rejected -> "rejected";
			case SubmitOutcome.Unknown unknown -> "unknown";
		};
	}

}
