package io.waypost.consent;

import java.time.Instant;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * The current answer of one profile to one topic.
 *
 * @param profile the person
 * @param topic the subscription topic, for example {@code marketing}
 * @param status the answer
 * @param basis lawful basis, for example {@code consent} or {@code soft_opt_in}
 * @param evidence the evidence
 * @param version increases with every change of this consent
 * @param at time of the answer
 */
public record Consent(ProfileId profile, String topic, ConsentStatus status, @Nullable String basis,
		ConsentEvidence evidence, long version, Instant at) {

}
