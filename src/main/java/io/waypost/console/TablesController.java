package io.waypost.console;

import java.util.List;
import java.util.Map;

import io.waypost.policy.DecisionTable;
import io.waypost.policy.DecisionTables;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Shows the rules as tables that anyone can read. */
@Controller
class TablesController {

	private final DecisionTables tables;

	TablesController(DecisionTables tables) {
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
				names.entrySet().stream().map((entry) -> new Name(entry.getKey(), entry.getValue())).toList());
		return "console/tables";
	}

	private static void add(DecisionTable table, Model model) {
		DecisionTable.Version newest = table.versions().getFirst();
		String note = "Version %d%s · %s".formatted(newest.number(), tag(newest), policy(table.hitPolicy()));
		model.addAttribute("chosen", table.key());
		model.addAttribute("table",
				new View(table.name(), table.description(), note, table.inputs(), table.outputs(),
						table.rules().stream().map(TablesController::row).toList(),
						table.versions().stream().map(TablesController::deployment).toList()));
	}

	private static Row row(DecisionTable.Rule rule) {
		return new Row(rule.id(), rule.inputs().stream().map(Cells::input).toList(),
				rule.outputs().stream().map(Cells::output).toList(), rule.description());
	}

	private static TimelineEntry deployment(DecisionTable.Version version) {
		return new TimelineEntry(version.deployedAt(), "Version " + version.number() + tag(version), "");
	}

	private static String tag(DecisionTable.Version version) {
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
	record Name(String key, String name) {

	}

	/** The chosen table. */
	record View(String name, String description, String note, List<String> inputs, List<String> outputs,
			List<Row> rules, List<TimelineEntry> versions) {

	}

	/** One rule, in words. */
	record Row(String id, List<String> inputs, List<String> outputs, String note) {

	}

}
