package io.waypost.console;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.waypost.feature.CartItem;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Formats values of any JSON type as text. */
@Component
public class ValueFormat {

	private static final int MAX_LENGTH = 240;

	/** Name of an enum constant; codes of countries and currencies are shorter. */
	private static final Pattern CONSTANT = Pattern.compile("[A-Z]{4,}|[A-Z]+(_[A-Z]+)+");

	private final Labels labels;

	ValueFormat(Labels labels) {
		this.labels = labels;
	}

	/** Formats a number: without a fraction if it is whole, else with two digits. */
	public static String number(Number number) {
		double value = number.doubleValue();
		return (value == Math.rint(value) && Math.abs(value) < 1e15) ? String.format("%,d", (long) value)
				: String.format("%.2f", value);
	}

	/** Formats a value; long texts are cut. */
	String format(@Nullable Object value) {
		String text = switch (value) {
			case null -> this.labels.text("value.unknown");
			case Boolean yes -> this.labels.text(yes ? "value.yes" : "value.no");
			case Number number -> number(number);
			case Map<?, ?> map -> map.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() != null
						&& !String.valueOf(entry.getKey()).toLowerCase(Locale.ROOT).endsWith("url"))
				.map((entry) -> this.labels.factName(String.valueOf(entry.getKey())) + " " + format(entry.getValue()))
				.collect(Collectors.joining(", "));
			case CartItem item -> this.labels.text("value.cartItem", item.quantity(), item.productId(), item.cartId());
			case Collection<?> items -> items.stream().map(this::format).collect(Collectors.joining("; "));
			default -> text(value.toString());
		};
		return (text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) + " …" : text;
	}

	private String text(String value) {
		return CONSTANT.matcher(value).matches() ? this.labels.code(value) : value;
	}

}
