package io.waypost.consent;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is to be recorded.
 *
 * @param profile the person
 * @param topic the subscription topic
 * @param status the answer
 * @param basis lawful basis, null for plain consent
 * @param evidence the evidence
 */
public record ConsentChange(ProfileId profile, String topic, ConsentStatus status, @Nullable String basis,
		ConsentEvidence evidence) {

	/**
	 * Returns whether the answer is explicit: a withdrawal, or an opt-in with evidence.
	 * An implicit opt-in, such as a consent object that a source repeats with every
	 * event, never replaces an explicit answer.
	 */
	boolean isExplicit() {
		return this.status != ConsentStatus.GRANTED || this.evidence.provesOptIn();
	}

}
