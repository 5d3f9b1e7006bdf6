package io.waypost.agent;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.waypost.feature.LifecycleStage;
import org.jspecify.annotations.Nullable;

/** What follows from a goal and a stage: angle and tone. */
final class Goals {

	private static final Map<String, String> LANGUAGE_BY_COUNTRY = Map.of("DE", "de", "AT", "de", "LI", "de", "FR",
			"fr", "MC", "fr", "LU", "fr");

	private static final Set<LifecycleStage> QUIET = Set.of(LifecycleStage.AT_RISK, LifecycleStage.LAPSED);

	private Goals() {
	}

	/** Whether messages of this goal are about a cart. */
	static boolean aboutCart(String goal) {
		return goal.startsWith("cart");
	}

	/** Whether messages of this goal are for people who have gone quiet. */
	static boolean aboutSilence(String goal) {
		return goal.startsWith("re-engagement");
	}

	static boolean isQuiet(LifecycleStage stage) {
		return QUIET.contains(stage);
	}

	static String angle(String goal, LifecycleStage stage) {
		if (aboutCart(goal)) {
			return switch (stage) {
				case PROSPECT, NEW -> "reassurance";
				case ACTIVE -> "reminder";
				case LOYAL -> "loyalty";
				case AT_RISK, LAPSED -> "welcome_back";
			};
		}
		if (aboutSilence(goal)) {
			return (stage == LifecycleStage.LAPSED) ? "fresh_start" : "newness";
		}
		return goal.startsWith("milestone") ? "gratitude" : goal.startsWith("welcome") ? "introduction" : "news";
	}

	static String tone(LifecycleStage stage) {
		return switch (stage) {
			case PROSPECT, NEW -> "helpful";
			case ACTIVE, LOYAL -> "warm";
			case AT_RISK, LAPSED -> "gentle";
		};
	}

	/**
	 * The recipient's locale: the one stated, else the language of the country, else
	 * English; a country stated apart decides how numbers are written.
	 */
	static Locale locale(@Nullable String stated, @Nullable String country) {
		String region = (country != null) ? country : "";
		Locale locale = (stated != null) ? Locale.forLanguageTag(stated.replace('_', '-')) : Locale.ROOT;
		if (locale.getLanguage().isEmpty()) {
			return Locale.of(LANGUAGE_BY_COUNTRY.getOrDefault(region, "en"), region);
		}
		return locale.getCountry().isEmpty() ? Locale.of(locale.getLanguage(), region) : locale;
	}

}
