package io.waypost.agent;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.waypost.feature.LifecycleStage;
import io.waypost.identity.Profile;
import org.jspecify.annotations.Nullable;

/** The plan of a message whose planner failed: the goal, and nothing about the person. */
final class MinimalPlan {

	private MinimalPlan() {
	}

	static PlanSection of(Message message, @Nullable Profile person, Set<String> languages) {
		Locale wanted = (person != null) ? Goals.locale(person.locale(), person.country()) : Locale.ENGLISH;
		Locale locale = languages.contains(wanted.getLanguage()) ? wanted : Locale.ENGLISH;
		String goal = message.intent().goal();
		ContentPlan plan = new ContentPlan(goal, goal + '|' + locale.getLanguage() + "|*|*|*", "plain", "helpful",
				locale.toLanguageTag(), LifecycleStage.PROSPECT, List.of(), "", List.of(), "none");
		return new PlanSection(plan, Map.of(), Goals.aboutCart(goal), 0, null);
	}

}
