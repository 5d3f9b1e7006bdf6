package io.waypost.delivery.queue;

import java.time.Instant;
import java.util.List;

import io.waypost.delivery.dispatch.EmailComposer;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

/**
 * A send that this node holds.
 *
 * @param words what to say and to whom
 * @param attempt which attempt this is, counted from 1
 * @param fence what the row must still carry when the outcome is saved
 * @param esp which provider to call
 * @param refusedBy who refused it earlier in this round
 * @param queuedAt since when it waited
 * @param claimedAt time of the claim, which goes on while the machine sleeps
 * @param claimedNanos monotonic time of the claim
 */
public record ClaimedSend(EmailComposer.MessageSource source, int attempt, int fence, String esp,
		List<String> refusedBy, Instant queuedAt, Instant claimedAt, long claimedNanos) {

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
