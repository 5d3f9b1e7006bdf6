package io.waypost.feature.state;

import java.math.BigDecimal;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads event properties leniently: names in two spellings, numbers as text, missing
 * values. Values that cannot be read count as missing.
 */
final class EventProperties {

	private static final int MAX_DIGITS = 15;

	private static final int MAX_NUMBER_LENGTH = 40;

	private EventProperties() {
	}

	/**
	 * Returns the first of several properties that is a text or number.
	 * @return its text, stripped and truncated, or null if there is none
	 */
	static @Nullable String text(JsonNode node, int maxLength, String... names) {
		for (String name : names) {
			JsonNode value = node.path(name);
			if (value.isTextual() || value.isNumber()) {
				String text = value.asText().strip();
				if (!text.isEmpty()) {
					return text.length() <= maxLength ? text : truncate(text, maxLength);
				}
			}
		}
		return null;
	}

	/**
	 * Returns the first of several properties that is a decimal number of plausible size.
	 * @return the number without trailing zeros, or null
	 */
	static @Nullable BigDecimal decimal(JsonNode node, String... names) {
		for (String name : names) {
			BigDecimal number = decimal(node.path(name));
			if (number != null) {
				return number;
			}
		}
		return null;
	}

	/** Returns the currency if it has the form of an ISO 4217 code, or null. */
	static @Nullable String currency(JsonNode node) {
		String code = text(node, 3, "currency");
		return code != null && code.matches("[A-Za-z]{3}") ? code.toUpperCase(Locale.ROOT) : null;
	}

	static int quantity(JsonNode node) {
		BigDecimal quantity = decimal(node, "quantity");
		return quantity != null ? (int) Math.clamp(quantity.longValue(), 1, 9999) : 1;
	}

	static boolean isTrue(JsonNode node, String name) {
		JsonNode value = node.path(name);
		return value.isBoolean() ? value.booleanValue() : "true".equals(value.asText());
	}

	private static @Nullable BigDecimal decimal(JsonNode value) {
		if (value.isNumber()) {
			return value.isFloatingPointNumber() && Double.isNaN(value.doubleValue()) ? null
					: normalized(value.decimalValue());
		}
		String text = value.isTextual() ? value.textValue().strip() : "";
		if (text.isEmpty() || text.length() > MAX_NUMBER_LENGTH) {
			return null;
		}
		try {
			return normalized(new BigDecimal(text));
		}
		catch (NumberFormatException notANumber) {
			return null;
		}
	}

	/**
	 * Removes trailing zeros, because the database may have added or removed some.
	 * Numbers with very large exponents count as missing.
	 */
	private static @Nullable BigDecimal normalized(BigDecimal number) {
		if (number.signum() == 0) {
			return BigDecimal.ZERO;
		}
		int integerDigits = number.precision() - number.scale();
		if (integerDigits > MAX_DIGITS || number.scale() > MAX_NUMBER_LENGTH) {
			return null;
		}
		BigDecimal stripped = number.stripTrailingZeros();
		return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
	}

	private static String truncate(String text, int length) {
		return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
	}

}
