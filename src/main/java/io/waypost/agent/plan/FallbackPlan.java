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
 * The plan of a message without a plan, or with one that is too old. It has the goal and
 * no data of the recipient. Shared content keeps its archetype, category and offer.
 */
public final class FallbackPlan {

	private FallbackPlan() {
	}

	public static PlanSection of(Message message, @Nullable Profile profile, Set<String> languages) {
		return switch (message.target()) {
			case MessageTarget.ForRecipient personal -> {
				Locale preferred = (profile != null) ? ToneRules.locale(profile.locale(), profile.country())
						: Locale.ENGLISH;
				Locale locale = languages.contains(preferred.getLanguage()) ? preferred : Locale.ENGLISH;
				yield of(personal.goal(), personal.goal() + '|' + locale.getLanguage() + "|*|*|*",
						locale.toLanguageTag(), "", null);
			}
			case MessageTarget.ForArchetype shared -> of(shared.goal(), shared.archetype().key(),
					shared.archetype().locale(), shared.category(), shared.brief().offer());
		};
	}

	private static PlanSection of(String goal, String archetype, String locale, String category,
			@Nullable String offer) {
		ContentPlan plan = new ContentPlan(goal, archetype, "plain", "helpful", locale, LifecycleStage.PROSPECT,
				List.of(), category, List.of(), "none");
		return new PlanSection(plan, Map.of(), ToneRules.isCartGoal(goal), 0, offer, null);
	}

}
