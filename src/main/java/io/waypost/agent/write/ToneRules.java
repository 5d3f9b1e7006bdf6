package io.waypost.agent.write;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.waypost.feature.LifecycleStage;
import org.jspecify.annotations.Nullable;

/** Derives angle, tone and locale of a message from goal, lifecycle stage and profile. */
public final class ToneRules {

	private static final Map<String, String> LANGUAGE_BY_COUNTRY = Map.of("DE", "de", "AT", "de", "LI", "de", "FR",
			"fr", "MC", "fr", "LU", "fr");

	private static final Set<LifecycleStage> INACTIVE = Set.of(LifecycleStage.AT_RISK, LifecycleStage.LAPSED);

	private ToneRules() {
	}

	/** Whether the goal is an abandoned cart. */
	public static boolean isCartGoal(String goal) {
		return goal.startsWith("cart");
	}

	/** Whether the goal is the re-engagement of inactive customers. */
	public static boolean isReengagementGoal(String goal) {
		return goal.startsWith("re-engagement");
	}

	/** Whether the goal is the first order of a new customer. */
	public static boolean isWelcomeGoal(String goal) {
		return goal.startsWith("welcome");
	}

	public static boolean isInactive(LifecycleStage stage) {
		return INACTIVE.contains(stage);
	}

	public static String angle(String goal, LifecycleStage stage) {
		if (isCartGoal(goal)) {
			return switch (stage) {
				case PROSPECT, NEW -> "reassurance";
				case ACTIVE -> "reminder";
				case LOYAL -> "loyalty";
				case AT_RISK, LAPSED -> "welcome_back";
			};
		}
		if (isReengagementGoal(goal)) {
			return (stage == LifecycleStage.LAPSED) ? "fresh_start" : "newness";
		}
		return goal.startsWith("milestone") ? "gratitude" : isWelcomeGoal(goal) ? "introduction" : "news";
	}

	public static String tone(LifecycleStage stage) {
		return switch (stage) {
			case PROSPECT, NEW -> "helpful";
			case ACTIVE, LOYAL -> "warm";
			case AT_RISK, LAPSED -> "gentle";
		};
	}

	/**
	 * Returns the recipient's locale: the stated one, else the language of the country,
	 * else English. A separately stated country sets the region and thus the number
	 * format.
	 */
	public static Locale locale(@Nullable String stated, @Nullable String country) {
		String region = (country != null) ? country : "";
		Locale locale = (stated != null) ? Locale.forLanguageTag(stated.replace('_', '-')) : Locale.ROOT;
		if (locale.getLanguage().isEmpty()) {
			return Locale.of(LANGUAGE_BY_COUNTRY.getOrDefault(region, "en"), region);
		}
		return locale.getCountry().isEmpty() ? Locale.of(locale.getLanguage(), region) : locale;
	}

}
