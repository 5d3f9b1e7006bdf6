package io.waypost.agent;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.evaluate.DraftScores;
import io.waypost.agent.evaluate.ScoringContext;
import io.waypost.agent.plan.ContentFactsLookup;
import io.waypost.agent.plan.ContentPlan;
import io.waypost.agent.write.ContentFacts;
import io.waypost.policy.DecisionResult;
import io.waypost.policy.DecisionTableEvaluator;
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

	private final DraftScorer scorer;

	private final ContentFactsLookup facts;

	private final DecisionTableEvaluator decisions;

	private final RouteMetrics outcomes;

	private final AgentCircuitBreaker breaker;

	public Evaluator(DraftScorer scorer, ContentFactsLookup facts, DecisionTableEvaluator decisions,
			RouteMetrics outcomes, AgentSettings settings, Clock clock) {
		this.scorer = scorer;
		this.facts = facts;
		this.decisions = decisions;
		this.outcomes = outcomes;
		this.breaker = new AgentCircuitBreaker(settings.breakerFailures(), settings.breakerRest(), clock);
	}

	/**
	 * Scores each message and routes it by the fallback table: CONTINUE, REGENERATE,
	 * REVIEW or FALLBACK.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch evaluate(Batch batch) {
		ContentFactsLookup.BatchFacts found = this.facts.find(batch.tenant(), batch.active());
		return this.outcomes.count("evaluator", batch.mapActive((message) -> evaluate(message, found)));
	}

	private Message evaluate(Message message, ContentFactsLookup.BatchFacts found) {
		DraftScores scores = scores(message, found);
		Map<String, @Nullable Object> inputs = new HashMap<>();
		inputs.put("step", "evaluator");
		inputs.put("outcome", (scores != null) ? "ok" : "unavailable");
		inputs.put("quality", (scores != null) ? scores.quality() : null);
		inputs.put("relevance", (scores != null) ? scores.relevance() : null);
		inputs.put("attempt", message.attempt());
		inputs.put("featureAgeHours", found.plan(message).featureAgeHours());
		DecisionResult verdict = this.decisions.evaluate("fallback", inputs);
		Route route = Route.valueOf(verdict.text("route"));
		boolean ordinary = route == Route.CONTINUE && scores != null;
		return ExplanationSections.withVerdict(message.explained("scores", explained(scores)), verdict)
			.routed(route, ordinary ? null : verdict.text("reason"));
	}

	private @Nullable DraftScores scores(Message message, ContentFactsLookup.BatchFacts found) {
		if (this.breaker.isOpen()) {
			return null;
		}
		try {
			DraftScores scores = this.scorer.score(Objects.requireNonNull(message.draft(), "no words yet"),
					aim(found.plan(message).plan(), found.facts(message)));
			this.breaker.succeeded();
			return scores;
		}
		catch (RuntimeException failure) {
			this.breaker.failed();
			log.warn("Message {} goes on without scores", message.target().id(), failure);
			return null;
		}
	}

	private static ScoringContext aim(ContentPlan plan, ContentFacts facts) {
		List<String> names = facts.lines().stream().map((line) -> line.product().name()).toList();
		return new ScoringContext(Locale.forLanguageTag(plan.locale()), facts.shop(), names, facts.category());
	}

	private static Map<String, Object> explained(@Nullable DraftScores scores) {
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
