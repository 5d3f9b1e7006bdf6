package io.waypost.console;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Formats features and their values. */
@Component
public class FeatureFormat {

	private final Labels labels;

	private final ValueFormat values;

	private final RelativeTime relativeTime;

	FeatureFormat(Labels labels, ValueFormat values, RelativeTime relativeTime) {
		this.labels = labels;
		this.values = values;
		this.relativeTime = relativeTime;
	}

	/** Makes a row per known feature of a profile. */
	public List<FeatureRow> rows(Features features) {
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
	public List<FeatureRow> fromExplanation(@Nullable Object section, Instant at) {
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

	private LabelledValue value(String name, @Nullable Object value) {
		if (name.equals("engaged_hours") && value instanceof Map<?, ?> hours) {
			return LabelledValue.text("", hours(hours));
		}
		return (value instanceof Instant time) ? LabelledValue.time("", time)
				: LabelledValues.text("", this.values.format(value));
	}

	private String hours(Map<?, ?> hours) {
		return hours.entrySet()
			.stream()
			.map((hour) -> this.labels.text("feature.engagedHour", String.valueOf(hour.getKey()), hour.getValue()))
			.collect(Collectors.joining(", "));
	}

	private FeatureRow row(FeatureValue feature, Instant now) {
		return new FeatureRow(this.labels.feature(feature.name()), value(feature.name(), feature.value()),
				feature.view(), age(feature.asOf(), now));
	}

	private FeatureRow fromExplanation(Map<?, ?> feature, Instant at) {
		Object name = feature.get("name");
		Object view = feature.get("view");
		Object asOf = feature.get("asOf");
		return new FeatureRow(this.labels.feature(String.valueOf(name)),
				value(String.valueOf(name), feature.get("value")), (view != null) ? view.toString() : "",
				age((asOf != null) ? instant(asOf) : null, at));
	}

	private static @Nullable Instant instant(Object value) {
		return switch (value) {
			case Instant instant -> instant;
			case String time when time.toUpperCase(Locale.ROOT).endsWith("Z") -> Instant.parse(time);
			default -> null;
		};
	}

	private String age(@Nullable Instant asOf, Instant now) {
		return (asOf != null) ? this.relativeTime.ago(asOf, now) : this.labels.text("feature.noEvent");
	}

	private static boolean isEmpty(@Nullable Object value) {
		return value instanceof Collection<?> items && items.isEmpty()
				|| value instanceof Map<?, ?> map && map.isEmpty();
	}

}
