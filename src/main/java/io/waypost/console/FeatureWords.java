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

/** Reads features aloud. */
final class FeatureWords {

	private static final int LONGEST = 240;

	private FeatureWords() {
	}

	/** The features of somebody now, as rows; what is unknown is left out. */
	static List<FeatureRow> rows(Features features) {
		return features.values()
			.stream()
			.filter((feature) -> feature.value() != null && !isEmpty(feature.value()))
			.map((feature) -> row(feature, features.readAt()))
			.toList();
	}

	/**
	 * The features that a send's explanation keeps, whatever shape the agents gave them.
	 */
	static List<FeatureRow> explained(@Nullable Object section, Instant at) {
		if (section instanceof Map<?, ?> map && map.get("values") != null) {
			return explained(map.get("values"), at);
		}
		if (!(section instanceof Collection<?> features)) {
			return List.of();
		}
		return features.stream()
			.filter(Map.class::isInstance)
			.map((feature) -> explained((Map<?, ?>) feature, at))
			.toList();
	}

	private static Fact fact(@Nullable Object value) {
		return (value instanceof Instant time) ? Fact.time("", time) : Evidence.text("", value(value));
	}

	static String value(@Nullable Object value) {
		String words = switch (value) {
			case null -> "unknown";
			case Boolean yes -> yes ? "yes" : "no";
			case Number number -> Evidence.number(number);
			case Map<?, ?> map -> map.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() != null
						&& !String.valueOf(entry.getKey()).toLowerCase(Locale.ROOT).endsWith("url"))
				.map((entry) -> Words.readable(String.valueOf(entry.getKey())) + " " + value(entry.getValue()))
				.collect(Collectors.joining(", "));
			case CartItem item -> item.quantity() + " × " + item.productId() + " in " + item.cartId();
			case Collection<?> items -> items.stream().map(FeatureWords::value).collect(Collectors.joining("; "));
			default -> value.toString();
		};
		return (words.length() > LONGEST) ? words.substring(0, LONGEST) + " …" : words;
	}

	private static FeatureRow row(FeatureValue feature, Instant now) {
		return new FeatureRow(Words.readable(feature.name()), fact(feature.value()), feature.view(),
				age(feature.asOf(), now));
	}

	private static FeatureRow explained(Map<?, ?> feature, Instant at) {
		Object name = feature.get("name");
		Object view = feature.get("view");
		Object asOf = feature.get("asOf");
		return new FeatureRow(Words.readable(String.valueOf(name)), fact(feature.get("value")),
				(view != null) ? view.toString() : "", age((asOf != null) ? instant(asOf) : null, at));
	}

	private static @Nullable Instant instant(Object value) {
		return switch (value) {
			case Instant instant -> instant;
			case String text when text.toUpperCase(Locale.ROOT).endsWith("Z") -> Instant.parse(text);
			default -> null;
		};
	}

	private static String age(@Nullable Instant asOf, Instant now) {
		return (asOf != null) ? Ages.between(asOf, now) : "no event yet";
	}

	private static boolean isEmpty(@Nullable Object value) {
		return value instanceof Collection<?> items && items.isEmpty()
				|| value instanceof Map<?, ?> map && map.isEmpty();
	}

}
