package io.waypost.feature.state;

import java.math.BigDecimal;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads event properties as sources really send them: names in two spellings, numbers as
 * text, anything missing. What cannot be understood counts as missing.
 */
final class EventProperties {

	private static final int MAX_DIGITS = 15;

	private static final int MAX_NUMBER_LENGTH = 40;

	private EventProperties() {
	}

	/**
	 * The first of several properties that holds a text or number.
	 * @return its text, stripped and cut, or null when none does
	 */
	static @Nullable String text(JsonNode node, int maxLength, String... names) {
		for (String name : names) {
			JsonNode value = node.path(name);
			if (value.isTextual() || value.isNumber()) {
				String text = value.asText().strip();
				if (!text.isEmpty()) {
					return text.length() <= maxLength ? text : cut(text, maxLength);
				}
			}
		}
		return null;
	}

	/**
	 * A decimal number of ordinary size.
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

	/** An ISO 4217 code by its shape, or null. */
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
					: ordinary(value.decimalValue());
		}
		String text = value.isTextual() ? value.textValue().strip() : "";
		if (text.isEmpty() || text.length() > MAX_NUMBER_LENGTH) {
			return null;
		}
		try {
			return ordinary(new BigDecimal(text));
		}
		catch (NumberFormatException notANumber) {
			return null;
		}
	}

	/**
	 * Trailing zeros go, because a number that went through the database may have lost or
	 * kept them; monstrous exponents count as missing.
	 */
	private static @Nullable BigDecimal ordinary(BigDecimal number) {
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

	private static String cut(String text, int length) {
		return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
	}

}
