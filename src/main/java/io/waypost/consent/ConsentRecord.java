package io.waypost.consent;

import java.time.Instant;
import java.util.UUID;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * One row of the consent history, ready to be stored.
 *
 * @param id its own
 * @param change who answered what
 * @param answeredAt when
 * @param sealedIp where from, encrypted with the profile's key
 */
record ConsentRecord(UUID id, ConsentChange change, Instant answeredAt, byte @Nullable [] sealedIp) {

	Key key() {
		return new Key(this.change.profile(), this.change.topic());
	}

	/**
	 * Whether this answer displaces another: the newer does, of one time the stricter.
	 */
	boolean supersedes(ConsentRecord other) {
		int newer = this.answeredAt.compareTo(other.answeredAt);
		return newer > 0 || (newer == 0 && this.change.status().compareTo(other.change.status()) > 0);
	}

	/** What an answer is about. */
	record Key(ProfileId profile, String topic) {

	}

	/**
	 * The answer in force before.
	 *
	 * @param status what it was
	 * @param answeredAt since when
	 * @param version its version
	 * @param event its row in the history
	 */
	record Current(ConsentStatus status, Instant answeredAt, long version, UUID eventId) {

	}

}
