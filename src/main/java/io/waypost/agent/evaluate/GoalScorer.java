package io.waypost.agent.evaluate;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.evaluate.DraftScores.ScorePart;

/**
 * Scores whether the copy serves the goal of the message, by phrases that each goal uses.
 */
final class GoalScorer {

	private static final Map<String, String> KNOWN = Map.ofEntries(Map.entry("announcement", "announcement"),
			Map.entry("launch", "announcement"), Map.entry("offer", "offer"), Map.entry("sale", "offer"),
			Map.entry("story", "story"), Map.entry("how-to", "how-to"), Map.entry("guide", "how-to"),
			Map.entry("win-back", "win-back"), Map.entry("winback", "win-back"), Map.entry("re-engagement", "win-back"),
			Map.entry("cart", "cart"), Map.entry("cart-abandonment", "cart"),
			Map.entry("review-request", "review_request"), Map.entry("replenishment", "replenishment"),
			Map.entry("milestone", "milestone"), Map.entry("welcome", "welcome"));

	List<ScorePart> parts(CopyText copy, ScoringContext plan) {
		String goal = (plan.goal() != null) ? KNOWN.get(plan.goal().toLowerCase(Locale.ROOT).replace('_', '-')) : null;
		if (goal == null) {
			return List.of();
		}
		CopyPhrases phrases = CopyPhrases.of(copy.language());
		double own = cues(phrases, "goal:" + goal, copy);
		double best = 0;
		String other = "";
		for (String group : phrases.groups("goal:")) {
			double cues = group.equals("goal:" + goal) ? 0 : cues(phrases, group, copy);
			if (cues > best) {
				best = cues;
				other = group.substring(5);
			}
		}
		// Five more signs of another goal are too many; fewer may be chance
		double value = 1 - 0.09 * Math.max(0, best - own);
		return List.of(ScorePart.limiting("relevance", "goal_fit", value,
				"%.0f signs of goal %s, %.0f of %s".formatted(own, goal, best, other)));
	}

	/** Different phrases found; those of subject, preheader and button count twice. */
	private static double cues(CopyPhrases phrases, String group, CopyText copy) {
		Set<String> body = new HashSet<>();
		copy.body().forEach((sentence) -> body.addAll(phrases.find(group, sentence.lower())));
		Set<String> frame = new HashSet<>(phrases.find(group, copy.subject().lower()));
		frame.addAll(phrases.find(group, copy.preheader().lower()));
		frame.addAll(phrases.find(group, copy.button().lower()));
		return body.size() + 2.0 * frame.size();
	}

}
