package io.waypost.agent;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.waypost.agent.score.Aim;
import io.waypost.agent.score.Scorer;
import io.waypost.agent.score.Scores;
import io.waypost.agent.writer.Facts;
import io.waypost.policy.Decisions;
import io.waypost.policy.Verdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Scores quality and relevance of the words and says why. It is optional: without scores
 * a message goes on to the guardrail, which is not.
 */
@Component
public class Evaluator {

	private static final Logger log = LoggerFactory.getLogger(Evaluator.class);

	private final Scorer scorer;

	private final FactFinder facts;

	private final Decisions decisions;

	private final RouteCounts outcomes;

	private final Breaker breaker;

	Evaluator(Scorer scorer, FactFinder facts, Decisions decisions, RouteCounts outcomes, AgentSettings settings,
			Clock clock) {
		this.scorer = scorer;
		this.facts = facts;
		this.decisions = decisions;
		this.outcomes = outcomes;
		this.breaker = new Breaker(settings.breakerFailures(), settings.breakerRest(), clock);
	}

	/**
	 * Scores each message and routes it by the fallback table: CONTINUE, REGENERATE,
	 * REVIEW or FALLBACK.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch evaluate(Batch batch) {
		FactFinder.Findings found = this.facts.find(batch.tenant(), batch.inHand());
		return this.outcomes.count("evaluator", batch.mapInHand((message) -> evaluate(message, found)));
	}

	private Message evaluate(Message message, FactFinder.Findings found) {
		Scores scores = scores(message, found);
		Map<String, @Nullable Object> inputs = new HashMap<>();
		inputs.put("step", "evaluator");
		inputs.put("outcome", (scores != null) ? "ok" : "unavailable");
		inputs.put("quality", (scores != null) ? scores.quality() : null);
		inputs.put("relevance", (scores != null) ? scores.relevance() : null);
		inputs.put("attempt", message.attempt());
		inputs.put("featureAgeHours", found.plan(message).featureAgeHours());
		Verdict verdict = this.decisions.evaluate("fallback", inputs);
		Route route = Route.valueOf(verdict.text("route"));
		boolean ordinary = route == Route.CONTINUE && scores != null;
		return Sections.decided(message.explained("scores", explained(scores)), verdict)
			.routed(route, ordinary ? null : verdict.text("reason"));
	}

	private @Nullable Scores scores(Message message, FactFinder.Findings found) {
		if (this.breaker.isOpen()) {
			return null;
		}
		try {
			Scores scores = this.scorer.score(Objects.requireNonNull(message.draft(), "no words yet"),
					aim(found.plan(message).plan(), found.facts(message)));
			this.breaker.succeeded();
			return scores;
		}
		catch (RuntimeException failure) {
			this.breaker.failed();
			log.warn("Message {} goes on without scores", message.intent().id(), failure);
			return null;
		}
	}

	private static Aim aim(ContentPlan plan, Facts facts) {
		List<String> names = facts.lines().stream().map((line) -> line.product().name()).toList();
		return new Aim(Locale.forLanguageTag(plan.locale()), facts.shop(), names, facts.category());
	}

	private static Map<String, Object> explained(@Nullable Scores scores) {
		if (scores == null) {
			return Map.of("skipped", true);
		}
		Map<String, Object> section = new LinkedHashMap<>();
		section.put("quality", scores.quality());
		section.put("relevance", scores.relevance());
		section.put("evaluator", "offline@1");
		section.put("parts",
				scores.parts()
					.stream()
					.map((part) -> Map.of("score", part.score(), "name", part.name(), "value", part.value(), "weight",
							part.weight(), "why", part.why()))
					.toList());
		return section;
	}

}
