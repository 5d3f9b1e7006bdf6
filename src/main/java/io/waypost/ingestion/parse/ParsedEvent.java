package io.waypost.ingestion.parse;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.identity.IdentityObservation;
import io.waypost.ingestion.Event;

/**
 * An event that was read but not stored yet.
 *
 * @param type as in {@link Event#type()}
 * @param name as in {@link Event#name()}
 * @param properties without direct identifiers
 * @param context without direct identifiers
 * @param sighting whom it is about
 * @param occurredAt corrected for the sender's clock
 * @param messageId the source's, or made up
 */
public record ParsedEvent(String type, String name, JsonNode properties, JsonNode context,
		IdentityObservation observation, Instant occurredAt, String messageId) {

}
