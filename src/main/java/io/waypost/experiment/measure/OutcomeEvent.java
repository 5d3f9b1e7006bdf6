package io.waypost.experiment.measure;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * An event that experiments count as an outcome.
 *
 * @param profile the person
 * @param kind type of outcome
 * @param send the message it reacts to; null if unknown and for orders
 * @param at time of the event
 * @param revenue of an order, otherwise 0
 * @param currency of an order, null if the event names none
 */
record OutcomeEvent(ProfileId profile, OutcomeType kind, @Nullable UUID send, Instant at, double revenue,
		@Nullable String currency) {

	private static final double LARGEST_ORDER = 1_000_000_000;

	/** Type of outcome. */
	enum OutcomeType {

		CLICK, ORDER, UNSUBSCRIBE, COMPLAINT, BOUNCE

	}

	/**
	 * Reads an event.
	 * @return null for events that are not outcomes, and for clicks by machines
	 */
	static @Nullable OutcomeEvent of(Event event) {
		if (!event.type().equals("track")) {
			return null;
		}
		return switch (event.name()) {
			case "Email Link Clicked" ->
				event.properties().path("machine").asBoolean() ? null : reaction(event, OutcomeType.CLICK);
			case "Unsubscribed" -> reaction(event, OutcomeType.UNSUBSCRIBE);
			case "Email Marked as Spam" -> reaction(event, OutcomeType.COMPLAINT);
			case "Email Bounced" -> reaction(event, OutcomeType.BOUNCE);
			case "Order Completed" -> order(event);
			default -> null;
		};
	}

	private static OutcomeEvent reaction(Event event, OutcomeType kind) {
		return new OutcomeEvent(event.profile(), kind, send(event.properties().path("email_id").asText("")),
				event.occurredAt(), 0, null);
	}

	private static OutcomeEvent order(Event event) {
		String currency = event.properties().path("currency").asText("").strip().toUpperCase(Locale.ROOT);
		return new OutcomeEvent(event.profile(), OutcomeType.ORDER, null, event.occurredAt(),
				revenue(event.properties()), currency.isEmpty() ? null : currency);
	}

	/**
	 * Other systems send their own ids here; the outcome then counts for the person, not
	 * for a message.
	 */
	private static @Nullable UUID send(String text) {
		if (text.length() != 36) {
			return null;
		}
		try {
			return UUID.fromString(text);
		}
		catch (IllegalArgumentException foreignId) {
			return null;
		}
	}

	/** Revenue is preferred: per Segment's specification it excludes shipping and tax. */
	private static double revenue(JsonNode properties) {
		for (String name : new String[] { "revenue", "total", "value" }) {
			double amount = amount(properties.path(name));
			if (amount >= 0 && amount <= LARGEST_ORDER) {
				return amount;
			}
		}
		return 0;
	}

	private static double amount(JsonNode value) {
		if (value.isNumber()) {
			return value.doubleValue();
		}
		try {
			return value.isTextual() ? new BigDecimal(value.textValue().strip()).doubleValue() : Double.NaN;
		}
		catch (NumberFormatException notANumber) {
			return Double.NaN;
		}
	}

}
