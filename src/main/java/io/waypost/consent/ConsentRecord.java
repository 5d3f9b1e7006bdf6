package io.waypost.consent;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * One row of the consent history, ready to be stored.
 *
 * @param id id of the row
 * @param change the answer
 * @param answeredAt time of the answer
 * @param sealed the evidence, encrypted with the profile's key; null when Waypost itself
 * made it
 */
record ConsentRecord(UUID id, ConsentChange change, Instant answeredAt, byte @Nullable [] sealed) {

	/** An explicit answer before an implicit one, then the newer, then the stricter. */
	private static final Comparator<ConsentRecord> PRECEDENCE = Comparator
		.comparing((ConsentRecord answer) -> answer.change.isExplicit())
		.thenComparing(ConsentRecord::answeredAt)
		.thenComparing((answer) -> answer.change.status());

	/** Returns the source if Waypost itself named it. */
	@Nullable String ownSource() {
		return (this.sealed == null) ? this.change.evidence().source() : null;
	}

	Key key() {
		return new Key(this.change.profile(), this.change.topic());
	}

	/** Returns whether this answer takes precedence over another one. */
	boolean supersedes(ConsentRecord other) {
		return PRECEDENCE.compare(this, other) > 0;
	}

	/** Returns whether the answer of a person holds after an erasure of that person. */
	boolean isValidAfterErasure(Instant erasedAt) {
		return this.change.status() != ConsentStatus.GRANTED
				|| this.change.isExplicit() && this.answeredAt.isAfter(erasedAt);
	}

	/** Profile and topic of an answer. */
	record Key(ProfileId profile, String topic) {

	}

	/**
	 * The current answer before a change.
	 *
	 * @param status the status
	 * @param answeredAt time of the answer
	 * @param version its version
	 * @param eventId id of its row in the history
	 */
	record Current(ConsentStatus status, Instant answeredAt, long version, UUID eventId) {

	}

}
