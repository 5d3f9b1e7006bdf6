package io.waypost.ingestion;

import java.time.Instant;
import java.util.Map;

import io.waypost.kernel.ProfileId;

/**
 * An event that Waypost itself observed and hands in at its own front door: an e-mail
 * event, a lifecycle change.
 *
 * @param profile whom it happened to
 * @param name tracking-plan name: {@code Email Delivered}
 * @param properties ids, numbers and names; no personal data
 * @param occurredAt when
 * @param messageId deterministic, so that a repeat is dropped
 */
public record InternalEvent(ProfileId profile, String name, Map<String, Object> properties, Instant occurredAt,
		String messageId) {

}
