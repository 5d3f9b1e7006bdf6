package io.waypost.consent;

import java.time.Instant;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * The answer in force for one profile and topic.
 *
 * @param profile who
 * @param topic what for, for example {@code marketing}
 * @param status the answer
 * @param basis lawful basis, for example {@code consent} or {@code soft_opt_in}
 * @param evidence the proof
 * @param version grows with every change of this consent
 * @param at since when
 */
public record Consent(ProfileId profile, String topic, ConsentStatus status, @Nullable String basis,
		ConsentEvidence evidence, long version, Instant at) {

}
