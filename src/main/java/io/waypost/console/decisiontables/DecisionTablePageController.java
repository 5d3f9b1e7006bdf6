package io.waypost.console.decisiontables;

import java.util.List;
import java.util.Map;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.console.Labels;
import io.waypost.console.PageNotFoundException;
import io.waypost.console.TimelineEntry;
import io.waypost.policy.DecisionTableCatalogue;
import io.waypost.policy.DecisionTableView;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Shows the decision tables. */
@Controller
@Requires(AccessRight.READ_DECISION_TABLES)
class DecisionTablePageController {

	private final DecisionTableCatalogue tables;

	private final FeelCellFormat cells;

	private final Labels labels;

	DecisionTablePageController(DecisionTableCatalogue tables, FeelCellFormat cells, Labels labels) {
		this.tables = tables;
		this.cells = cells;
		this.labels = labels;
	}

	@GetMapping("/decision-tables")
	String first(@AuthenticationPrincipal Caller caller, Model model) {
		Map<String, String> names = this.tables.names(caller.tenant());
		names.keySet()
			.stream()
			.findFirst()
			.flatMap((key) -> this.tables.find(caller.tenant(), key))
			.ifPresent((table) -> add(table, model));
		return page(names, model);
	}

	@GetMapping("/decision-tables/{key}")
	String show(@AuthenticationPrincipal Caller caller, @PathVariable String key, Model model) {
		add(this.tables.find(caller.tenant(), key)
			.orElseThrow(() -> new PageNotFoundException("No decision table '%s' is deployed".formatted(key), null)),
				model);
		return page(this.tables.names(caller.tenant()), model);
	}

	private static String page(Map<String, String> names, Model model) {
		model.addAttribute("tables",
				names.entrySet()
					.stream()
					.map((entry) -> new DecisionTableName(entry.getKey(), entry.getValue()))
					.toList());
		return "console/decision-tables";
	}

	private void add(DecisionTableView table, Model model) {
		DecisionTableView.Version newest = table.versions().getFirst();
		String note = "%s%s · %s".formatted(this.labels.text("version", newest.number()), tag(newest),
				hitPolicy(table.hitPolicy()));
		model.addAttribute("chosen", table.key());
		model.addAttribute("table",
				new DecisionTableDetail(table.name(), table.description(), note, table.inputs(), table.outputs(),
						table.rules().stream().map(this::row).toList(),
						table.versions().stream().map(this::deployment).toList()));
	}

	private DecisionTableRow row(DecisionTableView.Rule rule) {
		return new DecisionTableRow(rule.id(), rule.inputs().stream().map(this.cells::input).toList(),
				rule.outputs().stream().map(this.cells::output).toList(), rule.description());
	}

	private TimelineEntry deployment(DecisionTableView.Version version) {
		return new TimelineEntry(version.deployedAt(), this.labels.text("version", version.number()) + tag(version),
				"");
	}

	private static String tag(DecisionTableView.Version version) {
		return (version.tag() != null) ? " (" + version.tag() + ")" : "";
	}

	private String hitPolicy(String hitPolicy) {
		return switch (hitPolicy) {
			case "FIRST", "COLLECT", "UNIQUE" -> this.labels.text("hitPolicy." + hitPolicy);
			default -> this.labels.text("hitPolicy.other", hitPolicy);
		};
	}

	/** A table in the selection. */
	record DecisionTableName(String key, String name) {

	}

	/** The selected table. */
	record DecisionTableDetail(String name, String description, String note, List<String> inputs, List<String> outputs,
			List<DecisionTableRow> rules, List<TimelineEntry> versions) {

	}

	/** A rule with formatted cells. */
	record DecisionTableRow(String id, List<String> inputs, List<String> outputs, String note) {

	}

}
