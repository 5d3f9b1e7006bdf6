package io.waypost.agent.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.Message;
import io.waypost.agent.write.ToneRules;
import io.waypost.feature.LifecycleStage;
import io.waypost.identity.Profile;
import org.jspecify.annotations.Nullable;

/** The content plan when the planner failed: only goal and language. */
public final class FallbackPlan {

	private FallbackPlan() {
	}

	public static PlanSection of(Message message, @Nullable Profile person, Set<String> languages) {
		Locale wanted = (person != null) ? ToneRules.locale(person.locale(), person.country()) : Locale.ENGLISH;
		Locale locale = languages.contains(wanted.getLanguage()) ? wanted : Locale.ENGLISH;
		String goal = message.target().goal();
		ContentPlan plan = new ContentPlan(goal, goal + '|' + locale.getLanguage() + "|*|*|*", "plain", "helpful",
				locale.toLanguageTag(), LifecycleStage.PROSPECT, List.of(), "", List.of(), "none");
		return new PlanSection(plan, Map.of(), ToneRules.isCartGoal(goal), 0, null);
	}

}
