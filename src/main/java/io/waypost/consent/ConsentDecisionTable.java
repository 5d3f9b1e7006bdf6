package io.waypost.consent;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.waypost.consent.SendPermission.DecisionReference;
import io.waypost.policy.DecisionResult;
import io.waypost.policy.DecisionTableEvaluator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The decision table {@code consent}: what it is asked, and how its answer is read. */
@Component
class ConsentDecisionTable {

	static final String KEY = "consent";

	/** For whom nothing is known there is nothing to ask the table. */
	static final Decision UNKNOWN = new Decision("unknown", null);

	private static final Decision FAILED = new Decision("decision_failed", null);

	private static final Logger log = LoggerFactory.getLogger(ConsentDecisionTable.class);

	private final TableEvaluation rules;

	@Autowired
	ConsentDecisionTable(DecisionTableEvaluator decisions) {
		this(decisions::evaluate);
	}

	ConsentDecisionTable(TableEvaluation rules) {
		this.rules = rules;
	}

	/** Who knows the tables; the seam for tests. */
	interface TableEvaluation {

		DecisionResult evaluate(String table, Map<String, @Nullable Object> inputs);

	}

	/** What the table is asked about one person. */
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
	 * What came out.
	 *
	 * @param reason why not, null when permitted
	 * @param verdict the table's, null when it could not be asked
	 */
	record Decision(@Nullable String reason, @Nullable DecisionResult verdict) {

		SendPermission permission(@Nullable Long consentVersion) {
			DecisionReference proof = (this.verdict != null)
					? new DecisionReference(KEY, this.verdict.version(), this.verdict.versionTag(),
							this.verdict.rulesHit(), consentVersion)
					: new DecisionReference(KEY, 0, null, List.of(), consentVersion);
			return (this.reason == null && this.verdict != null) ? new SendPermission.Granted(proof)
					: new SendPermission.Withheld((this.reason != null) ? this.reason : "unknown", proof);
		}

	}

	/** Anything but a clear GRANTED withholds, a table that cannot answer included. */
	Decision decide(Inputs inputs) {
		try {
			DecisionResult verdict = this.rules.evaluate(KEY, inputs.toVariables());
			boolean granted = "GRANTED".equals(verdict.text("permission"));
			return new Decision(granted ? null : verdict.text("reason"), verdict);
		}
		catch (RuntimeException failure) {
			log.error("Decision table '{}' could not answer; the messages that depend on it are withheld", KEY,
					failure);
			return FAILED;
		}
	}

}
