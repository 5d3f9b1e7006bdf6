package io.waypost.console;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.ingestion.Event;

/** Reads events aloud. */
final class EventWords {

	private static final List<String> TELLING = List.of("name", "product_id", "price", "total", "currency", "quantity",
			"cart_id", "order_id", "campaign_name", "from", "to", "journey", "reason", "url");

	private EventWords() {
	}

	static TimelineEntry of(Event event) {
		return new TimelineEntry(event.occurredAt(), what(event), detail(event.properties()));
	}

	private static String what(Event event) {
		return event.name().isEmpty() ? Words.readable(event.type())
				: event.type().equals("track") ? event.name() : Words.readable(event.type()) + ": " + event.name();
	}

	private static String detail(JsonNode properties) {
		List<String> parts = new ArrayList<>();
		for (String name : TELLING) {
			JsonNode value = properties.path(name);
			if (value.isValueNode() && !value.asText().isEmpty()) {
				parts.add(Words.readable(name) + " " + value.asText());
			}
		}
		int products = properties.path("products").size();
		if (products > 0) {
			parts.add(products + ((products == 1) ? " product" : " products"));
		}
		return String.join(" · ", parts.subList(0, Math.min(parts.size(), 5)));
	}

}
