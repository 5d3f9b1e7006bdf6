package io.waypost.ingestion;

import java.time.Instant;
import java.util.Map;

import io.waypost.kernel.ProfileId;

/**
 * An event that Waypost itself produces, for example an e-mail event or a change of
 * lifecycle stage.
 *
 * @param profile the profile
 * @param name tracking-plan name: {@code Email Delivered}
 * @param properties ids, numbers and names; no personal data
 * @param occurredAt time of occurrence
 * @param messageId deterministic, so that a repetition is dropped
 */
public record InternalEvent(ProfileId profile, String name, Map<String, Object> properties, Instant occurredAt,
		String messageId) {

}
