package io.waypost.agent.archetype;

import java.math.BigDecimal;
import java.util.Locale;

import io.waypost.agent.AgentSettings;
import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import org.jspecify.annotations.Nullable;

/** Derives the archetype key of a profile from its features. */
public final class ArchetypeClassifier {

	private final AgentSettings settings;

	public ArchetypeClassifier(AgentSettings settings) {
		this.settings = settings;
	}

	public ArchetypeKey key(String goal, Locale locale, Features features, String category) {
		return new ArchetypeKey(goal, locale.getLanguage(), features.lifecycleStage().name().toLowerCase(Locale.ROOT),
				value(features), category.isEmpty() ? ArchetypeKey.ANY : category);
	}

	/** Returns the profile's preferred category, empty without one. */
	public static String topCategory(Features features) {
		return features.categoryAffinity().isEmpty() ? "" : features.categoryAffinity().keySet().iterator().next();
	}

	/** Buckets the average order value; profiles without an order have a low value. */
	private String value(Features features) {
		BigDecimal average = average(features);
		if (average == null || average.compareTo(this.settings.midValue()) < 0) {
			return "low";
		}
		return (average.compareTo(this.settings.highValue()) < 0) ? "mid" : "high";
	}

	private static @Nullable BigDecimal average(Features features) {
		for (FeatureValue feature : features.values()) {
			if (feature.name().equals("average_order_value")) {
				return (feature.value() instanceof BigDecimal amount) ? amount : null;
			}
		}
		return null;
	}

}
