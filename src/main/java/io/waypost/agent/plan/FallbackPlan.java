package io.waypost.agent.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.Message;
import io.waypost.agent.MessageTarget;
import io.waypost.agent.write.ToneRules;
import io.waypost.feature.LifecycleStage;
import io.waypost.identity.Profile;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a message that has none, or one that is too old: the goal, and nothing
 * about the person. Content that many share keeps its archetype.
 */
public final class FallbackPlan {

	private FallbackPlan() {
	}

	public static PlanSection of(Message message, @Nullable Profile person, Set<String> languages) {
		return switch (message.target()) {
			case MessageTarget.ForRecipient personal -> {
				Locale wanted = (person != null) ? ToneRules.locale(person.locale(), person.country()) : Locale.ENGLISH;
				Locale locale = languages.contains(wanted.getLanguage()) ? wanted : Locale.ENGLISH;
				yield of(personal.goal(), personal.goal() + '|' + locale.getLanguage() + "|*|*|*",
						locale.toLanguageTag());
			}
			case MessageTarget.ForArchetype shared -> of(shared.goal(), shared.cell().key(), shared.cell().locale());
		};
	}

	private static PlanSection of(String goal, String archetype, String locale) {
		ContentPlan plan = new ContentPlan(goal, archetype, "plain", "helpful", locale, LifecycleStage.PROSPECT,
				List.of(), "", List.of(), "none");
		return new PlanSection(plan, Map.of(), ToneRules.isCartGoal(goal), 0, null);
	}

}
