package io.waypost.delivery;

import java.time.Instant;
import java.util.List;

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
record Claimed(Composer.Words words, int attempt, int fence, String esp, List<String> refusedBy, Instant queuedAt,
		Instant claimedAt, long claimedNanos) {

	TenantId tenant() {
		return this.words.tenant();
	}

	SendId send() {
		return this.words.send();
	}

	ProfileId profile() {
		return this.words.profile();
	}

}
