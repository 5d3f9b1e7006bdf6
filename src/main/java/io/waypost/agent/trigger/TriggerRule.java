package io.waypost.agent.trigger;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.waypost.agent.ExplanationSections;
import io.waypost.agent.write.ContentFacts;
import io.waypost.ingestion.Event;
import io.waypost.policy.DecisionResult;
import org.jspecify.annotations.Nullable;

/** A rule of the trigger table that matched an event. */
public record TriggerRule(DecisionResult result, int index) {

	private static final int MAX_URL_LENGTH = 1_000;

	/** Event properties with the URL of the cart, in order of preference. */
	private static final List<String> CART_URLS = List.of("cart_url", "cartUrl", "checkout_url", "checkoutUrl",
			"abandoned_checkout_url");

	/**
	 * Applies the rule to an event.
	 * @param event the event that it matched
	 * @return the journey to start or the message to correlate
	 * @throws IllegalArgumentException naming the invalid output of the rule
	 */
	public TriggerMatch match(Event event) {
		return switch (text("action").toUpperCase(Locale.ROOT)) {
			case "START" -> start(event);
			case "CORRELATE" -> new TriggerMatch.CorrelateMessage(event.profile(), required("journey"),
					keyOrNull(event), required("message"), event.id());
			default ->
				throw new IllegalArgumentException("action '%s' must be START or CORRELATE".formatted(text("action")));
		};
	}

	public String rule() {
		return (this.index < this.result.rulesHit().size()) ? this.result.rulesHit().get(this.index) : "?";
	}

	private TriggerMatch.StartJourney start(Event event) {
		String key = key(event);
		Map<String, Object> trigger = new LinkedHashMap<>();
		trigger.put("event", event.name());
		trigger.put("eventId", event.id().toString());
		trigger.put("at", event.occurredAt().toString());
		trigger.put("key", key);
		trigger.put("table", this.result.table());
		trigger.put("version", this.result.version());
		ExplanationSections.putIfKnown(trigger, "versionTag", this.result.versionTag());
		trigger.put("rulesHit", List.of(rule()));
		return new TriggerMatch.StartJourney(event.profile(), required("journey"), required("template"),
				required("topic"), key, duration("delay"), duration("window"), event.id(), trigger, properties(event));
	}

	/**
	 * Returns the URL of the cart, if there is one. It is checked against the link hosts
	 * of the brand kit when it is used.
	 */
	private static Map<String, Object> properties(Event event) {
		for (String name : CART_URLS) {
			String url = event.properties().path(name).asText("");
			if (!url.isBlank() && url.length() <= MAX_URL_LENGTH) {
				return Map.of(ContentFacts.CART_URL, url);
			}
		}
		return Map.of();
	}

	private String key(Event event) {
		String property = text("keyProperty");
		return property.isEmpty() ? "" : event.properties().path(property).asText("");
	}

	private @Nullable String keyOrNull(Event event) {
		String key = key(event);
		return key.isEmpty() ? null : key;
	}

	private Duration duration(String output) {
		String text = text(output);
		if (text.isEmpty()) {
			return Duration.ZERO;
		}
		try {
			Duration duration = Duration.parse(text);
			if (!duration.isNegative()) {
				return duration;
			}
		}
		catch (DateTimeParseException ex) {
			// Reported below, like a negative duration
		}
		throw new IllegalArgumentException(
				"%s '%s' is not a non-negative ISO 8601 duration such as PT1H or P1D".formatted(output, text));
	}

	private String required(String output) {
		String text = text(output);
		if (text.isEmpty()) {
			throw new IllegalArgumentException("%s is empty".formatted(output));
		}
		return text;
	}

	private String text(String output) {
		Object value = this.result.outcomes().get(this.index).get(output);
		return (value != null) ? value.toString().strip() : "";
	}

}
