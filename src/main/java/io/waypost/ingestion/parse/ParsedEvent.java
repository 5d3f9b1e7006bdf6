package io.waypost.ingestion.parse;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.identity.IdentityObservation;
import io.waypost.ingestion.Event;

/**
 * A valid event that is not stored yet.
 *
 * @param type as in {@link Event#type()}
 * @param name as in {@link Event#name()}
 * @param properties without direct identifiers
 * @param context without direct identifiers
 * @param observation identifiers and traits of the person
 * @param occurredAt time of occurrence, corrected for the sender's clock
 * @param messageId the source's message id, or a generated one
 */
public record ParsedEvent(String type, String name, JsonNode properties, JsonNode context,
		IdentityObservation observation, Instant occurredAt, String messageId) {

}
