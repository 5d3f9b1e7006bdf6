package io.waypost.console.profiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.console.Labels;
import io.waypost.console.TimelineEntry;
import io.waypost.ingestion.Event;

import org.springframework.stereotype.Component;

/** Summarises events for a timeline. */
@Component
class EventSummary {

	private static final List<String> SHOWN_PROPERTIES = List.of("name", "product_id", "price", "total", "quantity",
			"cart_id", "order_id", "campaign_name", "from", "to", "journey", "reason", "url");

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

	/** The id of a product is shown only without the product's name. */
	private static boolean isNamed(String property, JsonNode properties) {
		return property.equals("product_id") && !properties.path("name").asText("").isEmpty();
	}

	private static String part(String name, JsonNode value, String currency) {
		return switch (name) {
			case "name" -> value.asText();
			case "price", "total" -> "%s %s %s".formatted(Labels.humanise(name), amount(value), currency).strip();
			default -> Labels.humanise(name) + " " + value.asText();
		};
	}

	private static String amount(JsonNode value) {
		return value.isNumber() ? String.format(Locale.ROOT, "%,.2f", value.asDouble()) : value.asText();
	}

	private String detail(JsonNode properties) {
		List<String> parts = new ArrayList<>();
		for (String name : SHOWN_PROPERTIES) {
			JsonNode value = properties.path(name);
			if (value.isValueNode() && !value.asText().isEmpty() && !isNamed(name, properties)) {
				parts.add(part(name, value, properties.path("currency").asText("")));
			}
		}
		int products = properties.path("products").size();
		if (products > 0) {
			parts.add(this.labels.text("event.products", products));
		}
		return String.join(" · ", parts.subList(0, Math.min(parts.size(), 5)));
	}

}
