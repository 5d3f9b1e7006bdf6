package io.waypost.policy;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Tests the tables of {@code dmn/} with cases, one line each. */
class DecisionTableCasesTests {

	private static final Set<String> INTEGERS = Set.of("audienceSize", "localHour", "sentLastDay", "sentLastWeek",
			"deferrals", "attempt", "orderCount");

	private static final Set<String> NUMBERS = Set.of("quality", "relevance", "featureAgeHours");

	private static final Set<String> BOOLEANS = Set.of("templateApproved", "addressKnown", "firstUse");

	private static final List<String> OUTPUTS = List.of("decision", "reason", "resumeHour", "route", "dueIn",
			"expiresIn", "reviewDueIn", "reviewExpiresIn");

	private final DecisionTableEvaluator decisions = TestDecisionTables.ofThisRepository();

	@ParameterizedTest
	@MethodSource("singleRuleCases")
	void decidesAsExpected(String table, CSVRecord row) {
		DecisionResult result = this.decisions.evaluate(TestDecisionTables.TENANT, table, inputs(row));
		assertThat(result.rulesHit()).as("%s: %s", table, row).containsExactly(row.get("rule"));
		Map<String, String> outcome = new TreeMap<>();
		result.single().forEach((name, value) -> outcome.put(name, value.toString()));
		assertThat(outcome).as("%s: %s", table, row).isEqualTo(expected(row));
	}

	@ParameterizedTest
	@MethodSource("triggerCases")
	void startsAndCorrelatesAsExpected(CSVRecord row) {
		DecisionResult result = this.decisions.evaluate(TestDecisionTables.TENANT, "trigger-rules", inputs(row));
		List<String> rules = Stream.of(row.get("rules").split(" ")).filter((rule) -> !rule.isEmpty()).toList();
		assertThat(result.rulesHit()).as(row.toString()).containsExactlyInAnyOrderElementsOf(rules);
		assertThat(result.outcomes()).hasSameSizeAs(rules);
	}

	@Test
	void passesAllVariablesToTheCartJourney() {
		Map<String, @Nullable Object> inputs = new HashMap<>();
		inputs.put("event", "Product Added");
		inputs.put("orderCount", 0);
		inputs.put("lifecycleStage", null);
		inputs.put("addressKnown", true);
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "trigger-rules", inputs).outcomes())
			.containsExactly(Map.of("action", "START", "journey", "cart-abandonment", "template", "cart-abandonment",
					"topic", "marketing", "delay", "PT1H", "window", "P4D", "keyProperty", "cart_id"));
	}

	@Test
	void correlatesMessagesWithoutAKey() {
		Map<String, @Nullable Object> inputs = new HashMap<>();
		inputs.put("event", "Order Completed");
		inputs.put("orderCount", 2);
		inputs.put("lifecycleStage", null);
		inputs.put("addressKnown", false);
		assertThat(this.decisions.evaluate(TestDecisionTables.TENANT, "trigger-rules", inputs).outcomes())
			.extracting((outcome) -> outcome.get("journey"), (outcome) -> outcome.get("message"), Map::size)
			.containsExactly(tuple("cart-abandonment", "Msg_OrderCompleted", 3),
					tuple("welcome", "Msg_OrderCompleted", 3), tuple("re-engagement", "Msg_OrderCompleted", 3));
	}

	@ParameterizedTest
	@MethodSource("tables")
	void hasACaseForEveryRule(String table) {
		Set<String> covered = new TreeSet<>();
		for (CSVRecord row : cases(table)) {
			covered.addAll(List.of(row.get(row.isMapped("rule") ? "rule" : "rules").split(" ")));
		}
		covered.remove("");
		assertThat(covered).isEqualTo(new TreeSet<>(DecisionTableShapeTests.ruleIds(table)));
	}

	static Stream<String> tables() {
		return Stream.of("throttling", "fallback", "review-required", "trigger-rules", "approval-required");
	}

	static Stream<Object[]> singleRuleCases() {
		return Stream.of("throttling", "fallback", "review-required", "approval-required")
			.flatMap((table) -> cases(table).stream().map((row) -> new Object[] { table, row }));
	}

	static Stream<CSVRecord> triggerCases() {
		return cases("trigger-rules").stream();
	}

	private static List<CSVRecord> cases(String table) {
		try (Reader reader = Files.newBufferedReader(Path.of("src/test/resources/dmn", table + ".csv"),
				StandardCharsets.UTF_8);
				CSVParser parser = CSVFormat.DEFAULT.builder()
					.setHeader()
					.setSkipHeaderRecord(true)
					.get()
					.parse(reader)) {
			return parser.getRecords();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, @Nullable Object> inputs(CSVRecord row) {
		Map<String, @Nullable Object> inputs = new HashMap<>();
		row.toMap().forEach((name, text) -> {
			if (!OUTPUTS.contains(name) && !name.startsWith("rule")) {
				inputs.put(name, value(name, text));
			}
		});
		return inputs;
	}

	private static @Nullable Object value(String name, String text) {
		if (text.isEmpty()) {
			return null;
		}
		if (INTEGERS.contains(name)) {
			return Integer.valueOf(text);
		}
		if (NUMBERS.contains(name)) {
			return Double.valueOf(text);
		}
		return BOOLEANS.contains(name) ? Boolean.valueOf(text) : text;
	}

	private static Map<String, String> expected(CSVRecord row) {
		Map<String, String> expected = new TreeMap<>();
		OUTPUTS.stream()
			.filter((name) -> row.isMapped(name) && !row.get(name).isEmpty())
			.forEach((name) -> expected.put(name, row.get(name)));
		return expected;
	}

}
