package io.waypost.agent.review;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.waypost.agent.Route;
import io.waypost.agent.guard.Finding;
import io.waypost.agent.guard.InspectionResult;
import io.waypost.agent.guard.Severity;
import io.waypost.kernel.TenantId;
import io.waypost.policy.DecisionResult;
import io.waypost.policy.DecisionTableEvaluator;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The decision table {@code review-required}: where content goes after its inspection.
 */
@Component
public class ReviewRequiredTable {

	static final String KEY = "review-required";

	private final DecisionTableEvaluator decisions;

	public ReviewRequiredTable(DecisionTableEvaluator decisions) {
		this.decisions = decisions;
	}

	/**
	 * Evaluates the table of the tenant. A blocking finding is never cleared, whatever
	 * the table answers.
	 * @param tenant the tenant
	 * @param inspected result of the inspection
	 * @param writing how the content was written
	 * @return the route with the matched rules
	 */
	public ReviewRequirement evaluate(TenantId tenant, InspectionResult inspected, ContentOrigin writing) {
		Optional<Finding> worst = inspected.worst();
		Map<String, @Nullable Object> inputs = new HashMap<>();
		inputs.put("worstFinding",
				worst.map((finding) -> finding.severity().name().toLowerCase(Locale.ROOT)).orElse("none"));
		inputs.put("findingKind", worst.map(Finding::kind).orElse("none"));
		inputs.put("quality", writing.quality());
		inputs.put("templateApproved", writing.templateApproved());
		inputs.put("writer", writing.writer());
		inputs.put("attempt", writing.attempt());
		DecisionResult result = this.decisions.evaluate(tenant, KEY, inputs);
		Route route = Route.valueOf(result.text("route"));
		boolean blocking = worst.filter((finding) -> finding.severity() == Severity.BLOCKING).isPresent();
		boolean cleared = route == Route.CONTINUE || route == Route.REVIEW;
		return new ReviewRequirement((blocking && cleared) ? Route.STOP : route, result);
	}

	/**
	 * How content was written.
	 *
	 * @param quality score from 0 to 1, null without one
	 * @param templateApproved whether its template is approved
	 * @param writer {@code rules}, {@code fallback} or {@code model}
	 * @param attempt number of attempts at content
	 */
	public record ContentOrigin(@Nullable Object quality, boolean templateApproved, Object writer, int attempt) {

	}

	/**
	 * Result of the table.
	 *
	 * @param route the route
	 * @param result version of the table, matched rules and further outputs
	 */
	public record ReviewRequirement(Route route, DecisionResult result) {

	}

}
