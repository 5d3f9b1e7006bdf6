package io.waypost.agent;

import java.math.BigDecimal;
import java.util.Locale;

import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;

/**
 * The group of people that share words: goal, language, stage, value and category.
 * Version 1 of the definition; the key is {@code goal|lang|stage|value|category}.
 */
final class Archetype {

	private Archetype() {
	}

	static String key(String goal, Locale locale, Features features, String category, AgentSettings settings) {
		return String.join("|", goal, locale.getLanguage(), features.lifecycleStage().name().toLowerCase(Locale.ROOT),
				value(features, settings), category.isEmpty() ? "*" : category);
	}

	/** Buckets the average order value; people who never bought are of low value. */
	static String value(Features features, AgentSettings settings) {
		BigDecimal average = features.values()
			.stream()
			.filter((feature) -> feature.name().equals("average_order_value"))
			.map(FeatureValue::value)
			.filter(Number.class::isInstance)
			.map((number) -> new BigDecimal(number.toString()))
			.findFirst()
			.orElse(BigDecimal.ZERO);
		if (average.compareTo(settings.highValue()) >= 0) {
			return "high";
		}
		return (average.compareTo(settings.midValue()) >= 0) ? "mid" : "low";
	}

}
