package io.waypost.consent;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.waypost.consent.SendPermission.DecisionReference;
import io.waypost.kernel.TenantId;
import io.waypost.policy.DecisionResult;
import io.waypost.policy.DecisionTableEvaluator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Evaluates the decision table {@code consent} and interprets its result. */
@Component
class ConsentDecisionTable {

	static final String KEY = "consent";

	/** The decision for an unknown profile, which the table is not evaluated for. */
	static final Decision UNKNOWN = new Decision("unknown", null);

	private static final Decision FAILED = new Decision("decision_failed", null);

	private static final Logger log = LoggerFactory.getLogger(ConsentDecisionTable.class);

	private final TableEvaluation tables;

	@Autowired
	ConsentDecisionTable(DecisionTableEvaluator decisions) {
		this(decisions::evaluate);
	}

	ConsentDecisionTable(TableEvaluation tables) {
		this.tables = tables;
	}

	/** Evaluates decision tables; tests replace it. */
	interface TableEvaluation {

		DecisionResult evaluate(TenantId tenant, String table, Map<String, @Nullable Object> inputs);

	}

	/** The inputs of the table for one person. */
	record Inputs(@Nullable SuppressionReason suppression, boolean hasAddress, @Nullable ConsentStatus consent,
			@Nullable String basis, @Nullable String country, String topic) {

		Map<String, @Nullable Object> toVariables() {
			Map<String, @Nullable Object> variables = new HashMap<>();
			variables.put("suppression",
					(this.suppression != null) ? this.suppression.name().toLowerCase(Locale.ROOT) : "none");
			variables.put("hasAddress", this.hasAddress);
			variables.put("consent", (this.consent != null) ? this.consent.name() : "none");
			variables.put("basis", this.basis);
			variables.put("country", this.country);
			variables.put("topic", this.topic);
			return variables;
		}

	}

	/**
	 * The decision.
	 *
	 * @param reason reason code, null when permitted
	 * @param result the result of the table, null when it was not evaluated
	 */
	record Decision(@Nullable String reason, @Nullable DecisionResult result) {

		SendPermission permission(@Nullable Long consentVersion) {
			DecisionReference reference = (this.result != null)
					? new DecisionReference(KEY, this.result.version(), this.result.versionTag(),
							this.result.rulesHit(), consentVersion)
					: new DecisionReference(KEY, 0, null, List.of(), consentVersion);
			return (this.reason == null && this.result != null) ? new SendPermission.Granted(reference)
					: new SendPermission.Withheld((this.reason != null) ? this.reason : "unknown", reference);
		}

	}

	/**
	 * Decides for one person. Every result but GRANTED withholds, also a failed
	 * evaluation.
	 */
	Decision decide(TenantId tenant, Inputs inputs) {
		try {
			DecisionResult result = this.tables.evaluate(tenant, KEY, inputs.toVariables());
			boolean granted = "GRANTED".equals(result.text("permission"));
			return new Decision(granted ? null : result.text("reason"), result);
		}
		catch (RuntimeException failure) {
			log.error("Decision table '{}' cannot be evaluated; messages that depend on it are withheld", KEY, failure);
			return FAILED;
		}
	}

}
