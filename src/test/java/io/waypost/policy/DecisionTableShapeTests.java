package io.waypost.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the tables of {@code dmn/}: shape, names, shadowed rules. */
class DecisionTableShapeTests {

	private static final String CAMUNDA = "http://camunda.org/schema/1.0/dmn";

	/** Inputs and outputs that the code uses. */
	private static final Map<String, List<String>> CONTRACT = Map.of("consent",
			List.of("suppression", "hasAddress", "consent", "basis", "country", "topic", "permission", "reason"),
			"throttling",
			List.of("topic", "localHour", "sentLastDay", "sentLastWeek", "deferrals", "decision", "reason",
					"resumeHour"),
			"fallback",
			List.of("step", "outcome", "quality", "relevance", "attempt", "featureAgeHours", "route", "reason"),
			"review-required",
			List.of("worstFinding", "findingKind", "quality", "templateApproved", "writer", "attempt", "route",
					"reason", "reviewDueIn", "reviewExpiresIn"),
			"trigger-rules",
			List.of("event", "orderCount", "lifecycleStage", "addressKnown", "action", "journey", "template", "topic",
					"delay", "window", "keyProperty", "message"),
			"approval-required", List.of("audienceSize", "templateApproved", "firstUse", "category", "route", "reason",
					"dueIn", "expiresIn"));

	static Stream<String> tables() {
		try (Stream<Path> files = Files.list(Path.of("dmn"))) {
			return files.map((file) -> file.getFileName().toString().replace(".dmn", "")).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<String> ruleIds(String table) {
		return rules(table).stream().map(Rule::getId).toList();
	}

	@ParameterizedTest
	@MethodSource("tables")
	void keepsItsContract(String table) {
		var decisionTable = read(table);
		List<String> columns = new ArrayList<>();
		decisionTable.getInputs()
			.forEach((input) -> columns.add(input.getInputExpression().getText().getTextContent()));
		decisionTable.getOutputs().forEach((output) -> columns.add(output.getName()));
		assertThat(columns).isEqualTo(CONTRACT.get(table));
	}

	@ParameterizedTest
	@MethodSource("tables")
	void canBeDeployed(String table) {
		Decision decision = decision(table);
		assertThat(decision.getId()).isEqualTo(table);
		assertThat(decision.getName()).isNotBlank();
		assertThat(decision.getDescription().getTextContent()).hasSizeGreaterThan(60);
		assertThat(decision.getCamundaHistoryTimeToLiveString()).isEqualTo("P180D");
		assertThat(decision.getAttributeValueNs(CAMUNDA, "versionTag")).matches("\\d+\\.\\d+\\.\\d+");
		assertThat(DecisionTableValidator.validate(table, bytes(table))).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("tables")
	void explainsEveryRule(String table) {
		assertThat(rules(table)).allSatisfy((rule) -> {
			assertThat(rule.getId()).matches("rule_[A-Z][A-Za-z]+");
			assertThat(rule.getDescription()).as(rule.getId()).isNotNull();
			assertThat(rule.getDescription().getTextContent()).as(rule.getId()).hasSizeGreaterThan(10);
		});
	}

	@ParameterizedTest
	@MethodSource("tables")
	void endsWithADefaultRowUnlessItCollects(String table) {
		if (read(table).getHitPolicy() == HitPolicy.COLLECT) {
			assertThat(rules(table)).noneMatch((rule) -> inputs(rule).stream().allMatch(String::isEmpty));
			return;
		}
		assertThat(read(table).getHitPolicy()).isEqualTo(HitPolicy.FIRST);
		assertThat(inputs(rules(table).getLast())).allMatch(String::isEmpty);
		assertThat(rules(table).getLast().getId()).isEqualTo("rule_Default");
	}

	@ParameterizedTest
	@MethodSource("tables")
	void hasNoShadowedRule(String table) {
		List<Rule> rules = rules(table);
		boolean collect = read(table).getHitPolicy() == HitPolicy.COLLECT;
		for (int later = 0; later < rules.size(); later++) {
			for (int earlier = 0; earlier < later; earlier++) {
				Rule first = rules.get(earlier);
				Rule second = rules.get(later);
				boolean same = inputs(first).equals(inputs(second)) && outputs(first).equals(outputs(second));
				assertThat(same || (!collect && covers(inputs(first), inputs(second))))
					.as("%s is never reached because of %s", second.getId(), first.getId())
					.isFalse();
			}
		}
	}

	/** An empty cell covers every cell, a list covers its parts, a text covers itself. */
	private static boolean covers(List<String> first, List<String> second) {
		for (int column = 0; column < first.size(); column++) {
			String wide = first.get(column);
			String narrow = second.get(column);
			if (!wide.isEmpty() && !wide.equals(narrow)
					&& !(!narrow.isEmpty() && List.of(wide.split(",")).containsAll(List.of(narrow.split(","))))) {
				return false;
			}
		}
		return true;
	}

	private static List<String> inputs(Rule rule) {
		return rule.getInputEntries().stream().map((cell) -> text(cell.getText())).toList();
	}

	private static List<String> outputs(Rule rule) {
		return rule.getOutputEntries().stream().map((cell) -> text(cell.getText())).toList();
	}

	private static String text(Text text) {
		return text.getTextContent().replace(" ", "");
	}

	private static List<Rule> rules(String table) {
		return List.copyOf(read(table).getRules());
	}

	private static org.camunda.bpm.model.dmn.instance.DecisionTable read(String table) {
		return (org.camunda.bpm.model.dmn.instance.DecisionTable) decision(table).getExpression();
	}

	private static Decision decision(String table) {
		return Dmn.readModelFromFile(Path.of("dmn", table + ".dmn").toFile())
			.getModelElementsByType(Decision.class)
			.iterator()
			.next();
	}

	private static byte[] bytes(String table) {
		try {
			return Files.readAllBytes(Path.of("dmn", table + ".dmn"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
