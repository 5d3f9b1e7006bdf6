package io.waypost.agent;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.evaluate.DraftScores;
import io.waypost.agent.evaluate.ScoringContext;
import io.waypost.agent.guard.ContentInspector;
import io.waypost.agent.plan.ContentFactsLookup;
import io.waypost.agent.plan.ContentPlan;
import io.waypost.agent.write.ContentFacts;
import io.waypost.content.EmailDraft;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Scores quality and relevance of drafts. It is optional: a message without scores
 * continues to the guardrail, which is mandatory.
 */
@Component
public class Evaluator {

	private static final Logger log = LoggerFactory.getLogger(Evaluator.class);

	private final DraftScorer scorer;

	private final ContentFactsLookup facts;

	private final FallbackTable table;

	private final RouteMetrics outcomes;

	private final CircuitBreaker breaker;

	private final Clock clock;

	public Evaluator(DraftScorer scorer, ContentFactsLookup facts, FallbackTable table, RouteMetrics outcomes,
			AgentSettings settings, Clock clock) {
		this.scorer = scorer;
		this.facts = facts;
		this.table = table;
		this.outcomes = outcomes;
		this.breaker = breaker(settings, clock);
		this.clock = clock;
	}

	/**
	 * Opens after the configured number of consecutive failures. After the configured
	 * time one message is a trial: success closes the breaker, failure opens it again.
	 */
	static CircuitBreaker breaker(AgentSettings settings, Clock clock) {
		return CircuitBreaker.of("evaluator",
				CircuitBreakerConfig.custom()
					.clock(clock)
					.currentTimestampFunction((now) -> now.instant().toEpochMilli(), TimeUnit.MILLISECONDS)
					.slidingWindow(settings.circuitBreakerFailures(), settings.circuitBreakerFailures(),
							CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
					.failureRateThreshold(100)
					.waitDurationInOpenState(settings.circuitBreakerWait())
					.permittedNumberOfCallsInHalfOpenState(1)
					.build());
	}

	/**
	 * Scores each message and routes it by the decision table fallback: CONTINUE,
	 * REGENERATE, REVIEW or FALLBACK. A message that the executor could not write keeps
	 * its route.
	 * @param batch messages with a draft
	 * @return the same messages with route and scores
	 */
	public Batch evaluate(Batch batch) {
		ContentFactsLookup.BatchFacts found = this.facts.find(batch.tenant(), batch.active());
		return this.outcomes.count("evaluator",
				batch.map((message) -> (message.route() == Route.CONTINUE) ? evaluate(message, found) : message));
	}

	private Message evaluate(Message message, ContentFactsLookup.BatchFacts found) {
		DraftScores scores = scores(message, found);
		FallbackTable.FallbackResult decision = this.table.evaluate(found.tenant(), FallbackTable.FallbackInput
			.evaluated(message, scores, found.plan(message).featureAgeHours(this.clock.instant())));
		Message withScores = message.explained("scores", explained(scores));
		return (scores != null) ? decision.applyUsual(withScores) : decision.apply(withScores);
	}

	private @Nullable DraftScores scores(Message message, ContentFactsLookup.BatchFacts found) {
		EmailDraft draft = message.draft();
		if (draft == null || !ContentInspector.isReadable(draft) || !this.breaker.tryAcquirePermission()) {
			return null;
		}
		long start = this.breaker.getCurrentTimestamp();
		try {
			DraftScores scores = this.scorer.score(draft,
					scoringContext(found.plan(message).plan(), found.facts(message)));
			this.breaker.onSuccess(this.breaker.getCurrentTimestamp() - start, this.breaker.getTimestampUnit());
			return scores;
		}
		catch (RuntimeException | StackOverflowError failure) {
			this.breaker.onError(this.breaker.getCurrentTimestamp() - start, this.breaker.getTimestampUnit(), failure);
			log.warn("Message {} continues without scores", message.target().id(), failure);
			return null;
		}
	}

	private static ScoringContext scoringContext(ContentPlan plan, ContentFacts facts) {
		List<String> names = facts.lines().stream().map((line) -> line.product().name()).toList();
		return new ScoringContext(Locale.forLanguageTag(plan.locale()), facts.shop(), names, facts.category(),
				plan.goal(), true, facts.catalogueTexts(Locale.forLanguageTag(plan.locale())));
	}

	private static Map<String, Object> explained(@Nullable DraftScores scores) {
		if (scores == null) {
			return Map.of("skipped", true);
		}
		Map<String, Object> section = new LinkedHashMap<>();
		section.put("quality", scores.quality());
		section.put("relevance", scores.relevance());
		section.put("evaluator", "offline@3");
		section.put("parts",
				scores.parts()
					.stream()
					.map((part) -> Map.of("score", part.score(), "name", part.name(), "value", part.value(), "weight",
							part.weight(), "limit", part.limit(), "why", part.why()))
					.toList());
		return section;
	}

}
