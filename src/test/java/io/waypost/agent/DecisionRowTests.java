package io.waypost.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.waypost.agent.evaluate.DraftScores;
import io.waypost.agent.guard.Severity;
import io.waypost.agent.timing.QuietHoursAndCaps;
import io.waypost.delivery.RecentSendCounts;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendStatus;
import io.waypost.feature.LifecycleStage;
import io.waypost.kernel.FastTime;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.policy.DecisionResult;
import io.waypost.policy.DecisionTableEvaluator;
import io.waypost.policy.TestDecisionTables;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes the output of each row of each table in {@code dmn/}, deploys the table and
 * evaluates inputs that match only this row: the behaviour of the product must change.
 * Fails for a row that no inputs reach or whose output is not used. The rows are read
 * from the files.
 */
class DecisionRowTests {

	private static final DecisionTableEvaluator TABLES = TestDecisionTables.ofThisRepository();

	/** A text that is in no row. */
	private static final String UNNAMED = "something_new";

	/**
	 * Allowed values of inputs that the code sets from constants; other inputs are open.
	 */
	private static final Map<String, Set<String>> CLOSED = Map.of("worstFinding", names(Severity.values(), "none"),
			"writer", Set.of("rules", "fallback"), "lifecycleStage",
			Set.of(Arrays.stream(LifecycleStage.values()).map(Enum::name).toArray(String[]::new)));

	/** Another valid output for each output. */
	private static final Map<String, String> OTHER = Map.of("SEND", "STOP", "STOP", "SEND", "DEFER", "STOP", "GRANTED",
			"WITHHELD", "WITHHELD", "GRANTED", "START", "CORRELATE", "CORRELATE", "START");

	static Stream<String> rows() {
		return files().flatMap((table) -> rules(read(table)).stream().map((rule) -> table + " " + rule.getId()));
	}

	@ParameterizedTest
	@MethodSource("rows")
	void changesBehaviour(String row) {
		String table = row.substring(0, row.indexOf(' '));
		String rule = row.substring(row.indexOf(' ') + 1);
		DmnModelInstance model = read(table);
		Map<String, @Nullable Object> inputs = inputs(table, rule);
		if (inputs == null && rule.equals("rule_Default")) {
			inputs = removeRowsBeforeDefault(table, model);
		}
		assertThat(inputs).as("inputs that only %s matches", row).isNotNull();
		DecisionTableEvaluator before = TestDecisionTables.with(Map.of(table, Dmn.convertToString(model)));
		DecisionTableEvaluator after = TestDecisionTables.with(Map.of(table, changed(model, table, rule)));
		assertThat(behaviour(table, after, inputs)).as("%s with inputs %s", row, inputs)
			.isNotEqualTo(behaviour(table, before, inputs));
	}

	/**
	 * The last row covers inputs that an edited table no longer covers. Removes rows
	 * until it matches inputs of the first row.
	 */
	private static Map<String, @Nullable Object> removeRowsBeforeDefault(String table, DmnModelInstance model) {
		Map<String, @Nullable Object> inputs = Objects.requireNonNull(inputs(table, rules(model).getFirst().getId()));
		while (true) {
			String hit = TestDecisionTables.with(Map.of(table, Dmn.convertToString(model)))
				.evaluate(TestDecisionTables.TENANT, table, inputs)
				.rulesHit()
				.getFirst();
			if (hit.equals("rule_Default")) {
				return inputs;
			}
			Rule candidate = rules(model).stream().filter((rule) -> rule.getId().equals(hit)).findFirst().orElseThrow();
			table(model).getRules().remove(candidate);
		}
	}

	/** Returns how the code interprets the outputs. */
	private static Object behaviour(String table, DecisionTableEvaluator decisions,
			Map<String, @Nullable Object> inputs) {
		return switch (table) {
			case "throttling" -> {
				QuietHoursAndCaps.ThrottlingResult result = new QuietHoursAndCaps(decisions,
						new FastTime(false, Clock.systemUTC()))
					.evaluate(TestDecisionTables.TENANT, new QuietHoursAndCaps.ThrottlingInput(
							String.valueOf(inputs.get("topic")), number(inputs.get("localHour")),
							new RecentSendCounts(number(inputs.get("sentLastDay")), number(inputs.get("sentLastWeek"))),
							number(inputs.get("deferrals"))));
				yield result.action() + result.reason();
			}
			case "fallback" -> new FallbackTable(decisions).evaluate(TestDecisionTables.TENANT,
					fallbackInputs().stream()
						.filter((candidate) -> candidate.inputs().equals(inputs))
						.findFirst()
						.orElseThrow())
				.route();
			case "trigger-rules" -> decisions.evaluate(TestDecisionTables.TENANT, table, inputs).outcomes();
			default -> route(decisions.evaluate(TestDecisionTables.TENANT, table, inputs));
		};
	}

	private static String route(DecisionResult result) {
		return String.valueOf(result.single().getOrDefault("route", result.single().get("permission")));
	}

	/** Returns inputs that match exactly one row, or null when there are none. */
	private static @Nullable Map<String, @Nullable Object> inputs(String table, String rule) {
		if (table.equals(FallbackTable.KEY)) {
			return fallbackInputs().stream()
				.map(FallbackTable.FallbackInput::inputs)
				.filter((candidate) -> hits(table, candidate, rule))
				.findFirst()
				.orElse(null);
		}
		DecisionTable model = table(read(table));
		List<String> columns = model.getInputs()
			.stream()
			.map((input) -> input.getInputExpression().getText().getTextContent())
			.toList();
		Rule row = model.getRules()
			.stream()
			.filter((candidate) -> candidate.getId().equals(rule))
			.findFirst()
			.orElseThrow();
		List<List<@Nullable Object>> values = new ArrayList<>();
		for (int column = 0; column < columns.size(); column++) {
			String type = String
				.valueOf(new ArrayList<>(model.getInputs()).get(column).getInputExpression().getTypeRef());
			String cell = cell(row, column);
			Collection<String> cells = cell.isEmpty() ? cells(model, column) : List.of(cell);
			values.add(values(columns.get(column), type, cells, cell.isEmpty()));
		}
		return search(columns, values, new HashMap<>(), (candidate) -> hits(table, candidate, rule));
	}

	private static @Nullable Map<String, @Nullable Object> search(List<String> columns,
			List<List<@Nullable Object>> values, Map<String, @Nullable Object> selected,
			java.util.function.Predicate<Map<String, @Nullable Object>> matches) {
		if (selected.size() == columns.size()) {
			return matches.test(selected) ? new HashMap<>(selected) : null;
		}
		int column = selected.size();
		for (Object value : values.get(column)) {
			selected.put(columns.get(column), value);
			Map<String, @Nullable Object> found = search(columns, values, selected, matches);
			if (found != null) {
				return found;
			}
			selected.remove(columns.get(column));
		}
		return null;
	}

	/**
	 * Returns values at and around the values of the cells, limited to the code's
	 * constants where it has some.
	 */
	private static List<@Nullable Object> values(String column, String type, Collection<String> cells, boolean open) {
		Set<@Nullable Object> values = new LinkedHashSet<>();
		switch (type) {
			case "boolean" ->
				values.addAll(cells.stream().allMatch((cell) -> cell.equals("true") || cell.equals("false")) && !open
						? cells.stream().map(Boolean::valueOf).toList() : List.of(true, false));
			case "string" -> {
				if (open) {
					values.addAll(List.of(UNNAMED, "none"));
				}
				cells.forEach((cell) -> values.addAll(texts(cell)));
				values.removeIf((value) -> CLOSED.containsKey(column)
						&& !Objects.requireNonNull(CLOSED.get(column)).contains(String.valueOf(value)));
			}
			default -> cells.forEach((cell) -> values.addAll(numbers(cell, type)));
		}
		if (open && !type.equals("boolean") && !CLOSED.containsKey(column) && !type.equals("integer")) {
			values.add(null);
		}
		return new ArrayList<>(values);
	}

	private static List<@Nullable Object> texts(String cell) {
		List<@Nullable Object> texts = new ArrayList<>();
		if (cell.startsWith("not(")) {
			texts.add(UNNAMED);
			return texts;
		}
		Matcher literal = Pattern.compile("\"([^\"]*)\"").matcher(cell);
		while (literal.find()) {
			texts.add(literal.group(1));
		}
		return texts;
	}

	private static List<Object> numbers(String cell, String type) {
		List<Object> numbers = new ArrayList<>();
		Matcher number = Pattern.compile("\\d+(\\.\\d+)?").matcher(cell);
		while (number.find()) {
			double value = Double.parseDouble(number.group());
			for (double near : type.equals("integer") ? new double[] { value, value - 1, value + 1 }
					: new double[] { value, value - 0.01, value + 0.01 }) {
				if (near >= 0) {
					numbers.add(type.equals("integer") ? (Object) (int) near : (Object) near);
				}
			}
		}
		return numbers;
	}

	/** Returns all inputs with which the agents can evaluate the table fallback. */
	private static List<FallbackTable.FallbackInput> fallbackInputs() {
		List<FallbackTable.FallbackInput> fallbackInputs = new ArrayList<>();
		for (int attempt = 0; attempt <= 5; attempt++) {
			Message message = message(attempt);
			for (Double age : Arrays.asList(null, 0.0, 24.5)) {
				fallbackInputs.add(FallbackTable.FallbackInput.planned(message, age));
				fallbackInputs.add(FallbackTable.FallbackInput.evaluated(message, null, age));
				for (double score : List.of(0.5, 0.65, 0.9)) {
					fallbackInputs.add(FallbackTable.FallbackInput.evaluated(message,
							new DraftScores(score, 0.9, List.of()), age));
					fallbackInputs.add(FallbackTable.FallbackInput.evaluated(message,
							new DraftScores(0.9, score, List.of()), age));
				}
			}
			for (java.util.function.Function<Message, FallbackTable.FallbackInput> factory : List.<java.util.function.Function<Message, FallbackTable.FallbackInput>>of(
					FallbackTable.FallbackInput::notPlanned, FallbackTable.FallbackInput::notWritten,
					FallbackTable.FallbackInput::writerUnavailable, FallbackTable.FallbackInput::notInspected,
					FallbackTable.FallbackInput::reviewExpired)) {
				fallbackInputs.add(factory.apply(message));
			}
		}
		return fallbackInputs;
	}

	private static Message message(int attempt) {
		Send send = new Send(new SendId(new UUID(1, 1)), new ProfileId(new UUID(1, 2)),
				new JourneyRunId(new UUID(1, 3)), "welcome", "welcome", "welcome", "marketing", SendStatus.PLANNED,
				null, null, null, Instant.EPOCH, null);
		return new Message(new MessageTarget.ForRecipient(send), Map.of(), Map.of(), Route.CONTINUE, null, attempt,
				null, null, null, null, Map.of());
	}

	private static boolean hits(String table, Map<String, @Nullable Object> inputs, String rule) {
		List<String> hit = TABLES.evaluate(TestDecisionTables.TENANT, table, inputs).rulesHit();
		return hit.equals(List.of(rule)) || (table.equals("trigger-rules") && hit.contains(rule));
	}

	/** Returns the table with another first output in one row. */
	private static String changed(DmnModelInstance model, String table, String rule) {
		Rule row = rules(model).stream()
			.filter((candidate) -> candidate.getId().equals(rule))
			.findFirst()
			.orElseThrow();
		var cell = row.getOutputEntries().iterator().next().getText();
		String output = cell.getTextContent().replace("\"", "");
		boolean route = Arrays.stream(Route.values()).anyMatch((candidate) -> candidate.name().equals(output))
				&& !table.equals("throttling");
		String other = route ? (output.equals("STOP") ? "REVIEW" : "STOP") : OTHER.get(output);
		cell.setTextContent('"' + Objects.requireNonNull(other, output) + '"');
		return Dmn.convertToString(model);
	}

	private static Set<String> cells(DecisionTable table, int column) {
		Set<String> cells = new LinkedHashSet<>();
		table.getRules().forEach((rule) -> cells.add(cell(rule, column)));
		cells.remove("");
		return cells;
	}

	private static String cell(Rule rule, int column) {
		return new ArrayList<>(rule.getInputEntries()).get(column).getText().getTextContent().strip();
	}

	private static int number(@Nullable Object value) {
		return ((Number) Objects.requireNonNull(value)).intValue();
	}

	private static Set<String> names(Enum<?>[] values, String more) {
		return Stream
			.concat(Arrays.stream(values).map((value) -> value.name().toLowerCase(Locale.ROOT)), Stream.of(more))
			.collect(java.util.stream.Collectors.toSet());
	}

	private static Stream<String> files() {
		try (Stream<Path> files = Files.list(Path.of("dmn"))) {
			return files.map((file) -> file.getFileName().toString().replace(".dmn", "")).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static DmnModelInstance read(String table) {
		return Dmn.readModelFromFile(Path.of("dmn", table + ".dmn").toFile());
	}

	private static DecisionTable table(DmnModelInstance model) {
		return model.getModelElementsByType(DecisionTable.class).iterator().next();
	}

	private static List<Rule> rules(DmnModelInstance model) {
		return List.copyOf(table(model).getRules());
	}

}
