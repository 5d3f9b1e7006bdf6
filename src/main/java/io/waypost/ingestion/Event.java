package io.waypost.ingestion;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.kernel.ProfileId;

/**
 * Something that happened to one profile, as the event log keeps it: without direct
 * identifiers.
 *
 * @param id time-ordered UUID
 * @param profile whom it happened to
 * @param type {@code track}, {@code identify}, {@code page}, {@code screen},
 * {@code group} or {@code alias}
 * @param name the tracking plan's event name for {@code track} ({@code Product Added}),
 * the page name for {@code page} and {@code screen}, else empty
 * @param properties properties or traits, an object
 * @param context the source's context, an object
 * @param occurredAt when it happened, corrected for the sender's clock
 * @param receivedAt when it came in
 * @param messageId the source's id, unique in the tenant
 */
public record Event(UUID id, ProfileId profile, String type, String name, JsonNode properties, JsonNode context,
		Instant occurredAt, Instant receivedAt, String messageId) {

}
