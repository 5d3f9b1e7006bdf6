package io.waypost.ingestion;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

/** An event as the management API returns it. */
public record EventView(UUID id, String type, String name, JsonNode properties, JsonNode context, Instant occurredAt,
		Instant receivedAt, String messageId) {

	public static EventView of(Event event) {
		return new EventView(event.id(), event.type(), event.name(), event.properties(), event.context(),
				event.occurredAt(), event.receivedAt(), event.messageId());
	}

}
