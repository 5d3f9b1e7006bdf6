package io.waypost.ingestion;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.kernel.ProfileId;

/**
 * An event of one profile as it is stored: without direct identifiers.
 *
 * @param id time-ordered UUID
 * @param profile the profile
 * @param type {@code track}, {@code identify}, {@code page}, {@code screen},
 * {@code group} or {@code alias}
 * @param name the tracking plan's event name for {@code track} ({@code Product Added}),
 * the page name for {@code page} and {@code screen}, else empty
 * @param properties properties or traits, an object
 * @param context the source's context, an object
 * @param occurredAt time of occurrence, corrected for the sender's clock
 * @param receivedAt time of receipt
 * @param messageId the source's id of the message, unique in the tenant
 */
public record Event(UUID id, ProfileId profile, String type, String name, JsonNode properties, JsonNode context,
		Instant occurredAt, Instant receivedAt, String messageId) {

}
