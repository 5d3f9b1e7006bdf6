package io.waypost.agent;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.waypost.agent.evaluate.DraftScores;
import io.waypost.agent.timing.QuietHoursAndCaps;
import io.waypost.kernel.TenantId;
import io.waypost.policy.DecisionResult;
import io.waypost.policy.DecisionTableEvaluator;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The decision table {@code fallback}: its inputs for each agent and its results.
 */
@Component
public class FallbackTable {

	static final String KEY = "fallback";

	private final QuietHoursAndCaps.TableEvaluator rules;

	@Autowired
	FallbackTable(DecisionTableEvaluator decisions) {
		this(decisions::evaluate);
	}

	FallbackTable(QuietHoursAndCaps.TableEvaluator rules) {
		this.rules = rules;
	}

	/** Evaluates the table of the tenant. */
	public FallbackResult evaluate(TenantId tenant, FallbackInput input) {
		DecisionResult result = this.rules.evaluate(tenant, KEY, input.inputs());
		return new FallbackResult(route(result), result.text("reason"), result);
	}

	private static Route route(DecisionResult result) {
		try {
			return Route.valueOf(result.text("route"));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException(
					"Decision table '%s' version %d answers route '%s' by rule %s; use one of %s".formatted(KEY,
							result.version(), result.text("route"), result.rulesHit(), List.of(Route.values())),
					ex);
		}
	}

	/**
	 * Input of the table.
	 *
	 * @param step name of the agent
	 * @param outcome result of the agent
	 * @param quality score from 0 to 1, null without one
	 * @param relevance score from 0 to 1, null without one
	 * @param attempt number of attempts at content, including failed ones
	 * @param featureAgeHours age of the features behind the plan, null without features
	 */
	public record FallbackInput(String step, String outcome, @Nullable Double quality, @Nullable Double relevance,
			int attempt, @Nullable Double featureAgeHours) {

		/** The message has a plan. */
		static FallbackInput planned(Message message, @Nullable Double featureAgeHours) {
			return new FallbackInput("planner", "ok", null, null, message.attempt(), featureAgeHours);
		}

		/** The planner cannot plan this message. */
		static FallbackInput notPlanned(Message message) {
			return new FallbackInput("planner", "failed", null, null, message.attempt(), null);
		}

		/** The content cannot be written, and another attempt would not help. */
		static FallbackInput notWritten(Message message) {
			return new FallbackInput("executor", "failed", null, null, message.attempt(), null);
		}

		/** The writer failed; another attempt may succeed. */
		static FallbackInput writerUnavailable(Message message) {
			return new FallbackInput("executor", "unavailable", null, null, message.attempt(), null);
		}

		/** The content has scores, or none because the scorer failed. */
		static FallbackInput evaluated(Message message, @Nullable DraftScores scores,
				@Nullable Double featureAgeHours) {
			return (scores != null)
					? new FallbackInput("evaluator", "ok", scores.quality(), scores.relevance(), message.attempt(),
							featureAgeHours)
					: new FallbackInput("evaluator", "unavailable", null, null, message.attempt(), featureAgeHours);
		}

		/** The content could not be inspected. */
		static FallbackInput notInspected(Message message) {
			return new FallbackInput("guardrail", "failed", null, null, message.attempt(), null);
		}

		/** The review expired without a decision. */
		public static FallbackInput reviewExpired(Message message) {
			return new FallbackInput("review", "expired", null, null, message.attempt(), null);
		}

		Map<String, @Nullable Object> inputs() {
			Map<String, @Nullable Object> inputs = new HashMap<>();
			inputs.put("step", this.step);
			inputs.put("outcome", this.outcome);
			inputs.put("quality", this.quality);
			inputs.put("relevance", this.relevance);
			inputs.put("attempt", this.attempt);
			inputs.put("featureAgeHours", this.featureAgeHours);
			return inputs;
		}

	}

	/**
	 * Result of the table.
	 *
	 * @param route the route
	 * @param reason short code
	 * @param result version of the table and matched rules
	 */
	public record FallbackResult(Route route, String reason, DecisionResult result) {

		/** Returns the explanation entry. */
		Map<String, Object> explained() {
			Map<String, Object> section = new LinkedHashMap<>();
			section.put("reason", this.reason);
			section.put("table", KEY);
			section.putAll(ExplanationSections.tableEntry(this.result));
			return section;
		}

		/** Routes a message and adds the table's version and rules to its explanation. */
		public Message apply(Message message) {
			return ExplanationSections.withTable(message, this.result).routed(this.route, this.reason);
		}

		/** Like {@link #apply}, but CONTINUE is the normal case and has no reason. */
		Message applyUsual(Message message) {
			return ExplanationSections.withTable(message, this.result)
				.routed(this.route, (this.route == Route.CONTINUE) ? null : this.reason);
		}

		/** Like {@link #apply}, with the failure of an agent. */
		Message applyFailure(Message message, String agent, String code) {
			return ExplanationSections.with(apply(message), "failures", agent, code);
		}

	}

}
