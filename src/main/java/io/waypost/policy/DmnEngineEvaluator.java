package io.waypost.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates tables on a separate DMN engine, outside of the process engine's commands:
 * without a transaction and without history rows. Decisions are stored with the sends
 * that they concern.
 */
final class DmnEngineEvaluator {

	private static final int MAX_TABLES = 1_000;

	private final DecisionTableSource source;

	private final DmnEngine engine;

	private final Cache<String, DmnDecision> parsed = Caffeine.newBuilder().maximumSize(MAX_TABLES).build();

	private final ThreadLocal<List<String>> rulesHit = ThreadLocal.withInitial(List::of);

	DmnEngineEvaluator(DecisionTableSource source) {
		this.source = source;
		DefaultDmnEngineConfiguration configuration = FeelOnlyConfiguration.create();
		configuration.setReturnBlankTableOutputAsNull(true);
		configuration.setCustomPostDecisionTableEvaluationListeners(new ArrayList<>(List.of(this::remember)));
		this.engine = configuration.buildEngine();
	}

	DecisionResult evaluate(DeployedDecisionTable table, Map<String, @Nullable Object> inputs) {
		DmnDecision decision = parse(table);
		if (!decision.isDecisionTable()) {
			throw new IllegalArgumentException(
					"Decision '%s' version %d is not a table".formatted(table.key(), table.version()));
		}
		try {
			DmnDecisionTableResult result = this.engine.evaluateDecisionTable(decision, inputs);
			return new DecisionResult(table.key(), table.version(), table.versionTag(), this.rulesHit.get(),
					result.getResultList().stream().map(DmnEngineEvaluator::outcome).toList());
		}
		finally {
			this.rulesHit.remove();
		}
	}

	/**
	 * Not computed inside the cache, because reading the model needs a database
	 * connection.
	 */
	private DmnDecision parse(DeployedDecisionTable table) {
		DmnDecision known = this.parsed.getIfPresent(table.definitionId());
		if (known != null) {
			return known;
		}
		try (InputStream model = this.source.model(table)) {
			DmnDecision decision = this.engine.parseDecision(table.key(), model);
			this.parsed.put(table.definitionId(), decision);
			return decision;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Required tables are evaluated first, so the last event is that of the requested
	 * table.
	 */
	private void remember(DmnDecisionTableEvaluationEvent event) {
		this.rulesHit.set(event.getMatchingRules().stream().map(DmnEvaluatedDecisionRule::getId).toList());
	}

	private static Map<String, Object> outcome(Map<String, @Nullable Object> entries) {
		Map<String, Object> outcome = new LinkedHashMap<>();
		entries.forEach((name, value) -> {
			if (value != null) {
				outcome.put(name, value);
			}
		});
		return Collections.unmodifiableMap(outcome);
	}

}
