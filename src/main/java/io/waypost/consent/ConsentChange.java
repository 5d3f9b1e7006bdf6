package io.waypost.consent;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * An answer to put on record.
 *
 * @param profile who
 * @param topic what for
 * @param status the answer
 * @param basis lawful basis, null for plain consent
 * @param evidence the proof
 */
public record ConsentChange(ProfileId profile, String topic, ConsentStatus status, @Nullable String basis,
		ConsentEvidence evidence) {

}
