package io.waypost.console.messages;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.policy.DecisionTableCatalogue;
import io.waypost.policy.DecisionTableView;

import org.springframework.stereotype.Component;

/**
 * Says which rows of which table decided, with the analyst's own words where they exist.
 */
@Component
class AppliedRulesText {

	private final DecisionTableCatalogue tables;

	AppliedRulesText(DecisionTableCatalogue tables) {
		this.tables = tables;
	}

	/**
	 * Reads a ruling aloud.
	 * @param table decision key
	 * @param ruling has {@code rulesHit} and the version that answered
	 * @return {@code row “…” of the table “Consent” (version 2)}, or empty without rules
	 */
	String describe(String table, JsonNode ruling) {
		List<String> rules = ruling.path("rulesHit").valueStream().map(JsonNode::asText).toList();
		if (rules.isEmpty()) {
			return "";
		}
		Optional<DecisionTableView> deployed = this.tables.find(table);
		String name = deployed.map(DecisionTableView::name).orElse(table);
		String rows = String.join(" and ", rules.stream().map((rule) -> row(deployed, rule)).toList());
		return "%s %s of the table “%s”%s".formatted((rules.size() == 1) ? "row" : "rows", rows, name, version(ruling));
	}

	private static String row(Optional<DecisionTableView> table, String rule) {
		return table.stream()
			.flatMap((found) -> found.rules().stream())
			.filter((row) -> row.id().equals(rule) && !row.description().isEmpty())
			.findFirst()
			.map((row) -> "“" + row.description() + "”")
			.orElse(rule);
	}

	private static String version(JsonNode ruling) {
		JsonNode version = ruling.path("tableVersion").isMissingNode() ? ruling.path("version")
				: ruling.path("tableVersion");
		return version.isNumber() ? " (version " + version.asInt() + ")" : "";
	}

}
