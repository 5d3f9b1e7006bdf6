package io.waypost.console;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.waypost.feature.CartItem;
import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import org.jspecify.annotations.Nullable;

/** Formats features and their values. */
public final class FeatureFormat {

	private static final int MAX_LENGTH = 240;

	private FeatureFormat() {
	}

	/** Makes a row per known feature of a profile. */
	public static List<FeatureRow> rows(Features features) {
		return features.values()
			.stream()
			.filter((feature) -> feature.value() != null && !isEmpty(feature.value()))
			.map((feature) -> row(feature, features.readAt()))
			.toList();
	}

	/**
	 * Makes the rows of the features in an explanation: a list, or an object with
	 * {@code values}.
	 */
	public static List<FeatureRow> fromExplanation(@Nullable Object section, Instant at) {
		if (section instanceof Map<?, ?> map && map.get("values") != null) {
			return fromExplanation(map.get("values"), at);
		}
		if (!(section instanceof Collection<?> features)) {
			return List.of();
		}
		return features.stream()
			.filter(Map.class::isInstance)
			.map((feature) -> fromExplanation((Map<?, ?>) feature, at))
			.toList();
	}

	private static LabelledValue value(@Nullable Object value) {
		return (value instanceof Instant time) ? LabelledValue.time("", time) : LabelledValues.text("", format(value));
	}

	static String format(@Nullable Object value) {
		String text = switch (value) {
			case null -> "unknown";
			case Boolean yes -> yes ? "yes" : "no";
			case Number number -> LabelledValues.number(number);
			case Map<?, ?> map -> map.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() != null
						&& !String.valueOf(entry.getKey()).toLowerCase(Locale.ROOT).endsWith("url"))
				.map((entry) -> Labels.humanise(String.valueOf(entry.getKey())) + " " + format(entry.getValue()))
				.collect(Collectors.joining(", "));
			case CartItem item -> item.quantity() + " × " + item.productId() + " in " + item.cartId();
			case Collection<?> items -> items.stream().map(FeatureFormat::format).collect(Collectors.joining("; "));
			default -> value.toString();
		};
		return (text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) + " …" : text;
	}

	private static FeatureRow row(FeatureValue feature, Instant now) {
		return new FeatureRow(Labels.humanise(feature.name()), value(feature.value()), feature.view(),
				age(feature.asOf(), now));
	}

	private static FeatureRow fromExplanation(Map<?, ?> feature, Instant at) {
		Object name = feature.get("name");
		Object view = feature.get("view");
		Object asOf = feature.get("asOf");
		return new FeatureRow(Labels.humanise(String.valueOf(name)), value(feature.get("value")),
				(view != null) ? view.toString() : "", age((asOf != null) ? instant(asOf) : null, at));
	}

	private static @Nullable Instant instant(Object value) {
		return switch (value) {
			case Instant instant -> instant;
			case String time when time.toUpperCase(Locale.ROOT).endsWith("Z") -> Instant.parse(time);
			default -> null;
		};
	}

	private static String age(@Nullable Instant asOf, Instant now) {
		return (asOf != null) ? RelativeTime.ago(asOf, now) : "no event yet";
	}

	private static boolean isEmpty(@Nullable Object value) {
		return value instanceof Collection<?> items && items.isEmpty()
				|| value instanceof Map<?, ?> map && map.isEmpty();
	}

}
