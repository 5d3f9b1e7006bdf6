package io.waypost.console.rules;

import java.util.List;
import java.util.Map;

import io.waypost.console.TimelineEntry;
import io.waypost.policy.DecisionTableCatalogue;
import io.waypost.policy.DecisionTableView;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Shows the rules as tables that anyone can read. */
@Controller
class DecisionTablePageController {

	private final DecisionTableCatalogue tables;

	DecisionTablePageController(DecisionTableCatalogue tables) {
		this.tables = tables;
	}

	@GetMapping("/tables")
	String first(Model model) {
		Map<String, String> names = this.tables.names();
		names.keySet().stream().findFirst().flatMap(this.tables::find).ifPresent((table) -> add(table, model));
		return page(names, model);
	}

	@GetMapping("/tables/{key}")
	String one(@PathVariable String key, Model model) {
		add(this.tables.find(key)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"No decision table '%s' is deployed".formatted(key))),
				model);
		return page(this.tables.names(), model);
	}

	private static String page(Map<String, String> names, Model model) {
		model.addAttribute("tables",
				names.entrySet()
					.stream()
					.map((entry) -> new DecisionTableName(entry.getKey(), entry.getValue()))
					.toList());
		return "console/tables";
	}

	private static void add(DecisionTableView table, Model model) {
		DecisionTableView.Version newest = table.versions().getFirst();
		String note = "Version %d%s · %s".formatted(newest.number(), tag(newest), policy(table.hitPolicy()));
		model.addAttribute("chosen", table.key());
		model.addAttribute("table",
				new DecisionTableDetail(table.name(), table.description(), note, table.inputs(), table.outputs(),
						table.rules().stream().map(DecisionTablePageController::row).toList(),
						table.versions().stream().map(DecisionTablePageController::deployment).toList()));
	}

	private static DecisionTableRow row(DecisionTableView.Rule rule) {
		return new DecisionTableRow(rule.id(), rule.inputs().stream().map(FeelCellFormat::input).toList(),
				rule.outputs().stream().map(FeelCellFormat::output).toList(), rule.description());
	}

	private static TimelineEntry deployment(DecisionTableView.Version version) {
		return new TimelineEntry(version.deployedAt(), "Version " + version.number() + tag(version), "");
	}

	private static String tag(DecisionTableView.Version version) {
		return (version.tag() != null) ? " (" + version.tag() + ")" : "";
	}

	private static String policy(String hitPolicy) {
		return switch (hitPolicy) {
			case "FIRST" -> "the first row that fits decides";
			case "COLLECT" -> "every row that fits counts";
			case "UNIQUE" -> "exactly one row fits";
			default -> "hit policy " + hitPolicy;
		};
	}

	/** A table to choose. */
	record DecisionTableName(String key, String name) {

	}

	/** The chosen table. */
	record DecisionTableDetail(String name, String description, String note, List<String> inputs, List<String> outputs,
			List<DecisionTableRow> rules, List<TimelineEntry> versions) {

	}

	/** One rule, in words. */
	record DecisionTableRow(String id, List<String> inputs, List<String> outputs, String note) {

	}

}
