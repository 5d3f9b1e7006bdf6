package io.waypost.console.messages;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.console.Labels;
import io.waypost.kernel.TenantId;
import io.waypost.policy.DecisionTableCatalogue;
import io.waypost.policy.DecisionTableView;

import org.springframework.stereotype.Component;

/** Names the decision table and the rules that decided, with the rules' descriptions. */
@Component
class AppliedRulesText {

	private final DecisionTableCatalogue tables;

	private final Labels labels;

	AppliedRulesText(DecisionTableCatalogue tables, Labels labels) {
		this.tables = tables;
		this.labels = labels;
	}

	/**
	 * Describes the rules that were hit.
	 * @param tenant the tenant
	 * @param table decision key
	 * @param evaluation has {@code rulesHit} and the table's version
	 * @return for example {@code rule “…” of the table “Consent” (version 2)}, empty
	 * without rules
	 */
	String describe(TenantId tenant, String table, JsonNode evaluation) {
		List<String> rules = evaluation.path("rulesHit").valueStream().map(JsonNode::asText).toList();
		if (rules.isEmpty()) {
			return "";
		}
		Optional<DecisionTableView> deployed = this.tables.find(tenant, table);
		String name = deployed.map(DecisionTableView::name).orElse(table);
		String descriptions = String.join(", ", rules.stream().map((rule) -> description(deployed, rule)).toList());
		JsonNode version = evaluation.path("tableVersion").isMissingNode() ? evaluation.path("version")
				: evaluation.path("tableVersion");
		return version.isNumber()
				? this.labels.text("explanation.rulesWithVersion", rules.size(), descriptions, name, version.asInt())
				: this.labels.text("explanation.rules", rules.size(), descriptions, name);
	}

	private static String description(Optional<DecisionTableView> table, String rule) {
		return table.stream()
			.flatMap((found) -> found.rules().stream())
			.filter((row) -> row.id().equals(rule) && !row.description().isEmpty())
			.findFirst()
			.map((row) -> "“" + row.description() + "”")
			.orElse(rule);
	}

}
