package io.waypost.delivery.queue;

import java.time.Instant;
import java.util.List;

import io.waypost.delivery.content.MessageSource;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

/**
 * A send that this node has claimed.
 *
 * @param source what the message is made of
 * @param attempt number of this attempt, from 1
 * @param fence value that the row must still have when the outcome is saved
 * @param esp provider to call
 * @param refusedBy providers that refused it earlier in this round
 * @param queuedAt since when it could have been sent
 * @param claimedAt wall-clock time of the claim; continues while the machine sleeps
 * @param claimedNanos monotonic time of the claim
 */
public record ClaimedSend(MessageSource source, int attempt, int fence, String esp, List<String> refusedBy,
		Instant queuedAt, Instant claimedAt, long claimedNanos) {

	public TenantId tenant() {
		return this.source.tenant();
	}

	public SendId send() {
		return this.source.send();
	}

	public ProfileId profile() {
		return this.source.profile();
	}

}
