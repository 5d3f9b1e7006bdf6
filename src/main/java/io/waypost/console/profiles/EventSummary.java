package io.waypost.console.profiles;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.console.Labels;
import io.waypost.console.TimelineEntry;
import io.waypost.ingestion.Event;

import org.springframework.stereotype.Component;

/** Summarises events for a timeline. */
@Component
class EventSummary {

	private static final List<String> SHOWN_PROPERTIES = List.of("name", "product_id", "price", "total", "currency",
			"quantity", "cart_id", "order_id", "campaign_name", "from", "to", "journey", "reason", "url");

	private final Labels labels;

	EventSummary(Labels labels) {
		this.labels = labels;
	}

	TimelineEntry of(Event event) {
		return new TimelineEntry(event.occurredAt(), title(event), detail(event.properties()));
	}

	private static String title(Event event) {
		return event.name().isEmpty() ? Labels.humanise(event.type())
				: event.type().equals("track") ? event.name() : Labels.humanise(event.type()) + ": " + event.name();
	}

	private String detail(JsonNode properties) {
		List<String> parts = new ArrayList<>();
		for (String name : SHOWN_PROPERTIES) {
			JsonNode value = properties.path(name);
			if (value.isValueNode() && !value.asText().isEmpty()) {
				parts.add(Labels.humanise(name) + " " + value.asText());
			}
		}
		int products = properties.path("products").size();
		if (products > 0) {
			parts.add(this.labels.text("event.products", products));
		}
		return String.join(" · ", parts.subList(0, Math.min(parts.size(), 5)));
	}

}
