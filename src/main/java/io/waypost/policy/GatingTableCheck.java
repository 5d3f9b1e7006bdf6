package io.waypost.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a table that gates sends for all its inputs and finds those that break an
 * invariant. The values of an input are those of its cells, one on each side of every
 * number, an unknown value and no value; within these, an input cannot be told from
 * another. Of the values that the same rules match one is tried. Each cell is evaluated
 * once for each value, then all combinations are read from bits.
 */
final class GatingTableCheck {

	private static final String CELL_INPUT = "cellInput";

	private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

	/** Cells whose result depends on nothing but the input. */
	private static final Pattern CLOSED = Pattern
		.compile("(?:\"[^\"\\\\]*\"|\\bnot\\(|\\bnull\\b|\\btrue\\b|\\bfalse\\b|\\d|[<>=,\\[\\]().\\s-])*");

	private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\]*)\"|-?\\d+(?:\\.\\d+)?");

	private static final double STEP = 0.001;

	private static final long MAX_COMBINATIONS = 100_000;

	/** A deployment waits for the check, and other deployments for it. */
	static final Duration MAX_TIME = Duration.ofSeconds(3);

	/** Steps between two looks at the clock. */
	private static final int CLOCK_STEPS = 256;

	private final FeelEngine feel = new CachingFeelEngine();

	private final List<Column> columns = new ArrayList<>();

	private final List<Rule> rules;

	private final DecisionTable table;

	private final long deadline;

	private final LongSupplier nanoTime;

	private int steps;

	private GatingTableCheck(DecisionTable table, LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.deadline = nanoTime.getAsLong() + MAX_TIME.toNanos();
		this.table = table;
		this.rules = List.copyOf(table.getRules());
	}

	/**
	 * Returns one message for each broken invariant; empty for tables that do not gate.
	 */
	static List<String> problems(String key, DecisionTable table) {
		return problems(key, table, System::nanoTime);
	}

	static List<String> problems(String key, DecisionTable table, LongSupplier nanoTime) {
		List<GatingInvariant> invariants = GatingInvariant.of(key);
		if (invariants.isEmpty()) {
			return List.of();
		}
		try {
			return new GatingTableCheck(table, nanoTime).run(invariants);
		}
		catch (TooSlowException ex) {
			return List.of("its check takes longer than %d seconds; use fewer rows and fewer different cells"
				.formatted(MAX_TIME.toSeconds()));
		}
	}

	private List<String> run(List<GatingInvariant> invariants) {
		List<String> problems = new ArrayList<>(shape(invariants));
		if (problems.isEmpty()) {
			readColumns(invariants);
			long combinations = this.columns.stream()
				.mapToLong((column) -> column.values().size())
				.reduce(1, GatingTableCheck::product);
			if (combinations > MAX_COMBINATIONS) {
				return List
					.of("it tells %s combinations of inputs apart, the maximum is %d; use fewer different literals in its cells"
						.formatted((combinations == Long.MAX_VALUE) ? "too many" : combinations, MAX_COMBINATIONS));
			}
			invariants.forEach((invariant) -> check(invariant, problems));
		}
		return problems;
	}

	private static long product(long one, long other) {
		return (Math.multiplyHigh(one, other) != 0 || one * other < 0) ? Long.MAX_VALUE : one * other;
	}

	private void checkTime() {
		if (++this.steps % CLOCK_STEPS == 0 && this.nanoTime.getAsLong() - this.deadline > 0) {
			throw new TooSlowException();
		}
	}

	/** What the evaluation relies on. */
	private List<String> shape(List<GatingInvariant> invariants) {
		List<String> problems = new ArrayList<>();
		if (this.table.getHitPolicy() != HitPolicy.FIRST) {
			problems.add("it must have the hit policy FIRST");
		}
		List<String> inputs = this.table.getInputs().stream().map(GatingTableCheck::variable).toList();
		invariants.stream()
			.flatMap((invariant) -> invariant.inputs().keySet().stream())
			.filter((input) -> !inputs.contains(input))
			.distinct()
			.forEach((input) -> problems.add("it needs the input '%s'".formatted(input)));
		inputs.stream()
			.filter((input) -> !VARIABLE.matcher(input).matches())
			.forEach((input) -> problems.add("its input '%s' must be the name of a variable".formatted(input)));
		for (Rule rule : this.rules) {
			rule.getInputEntries()
				.stream()
				.map((cell) -> text(cell.getText()))
				.filter((cell) -> !CLOSED.matcher(cell).matches())
				.forEach((cell) -> problems
					.add("the cell '%s' of %s must compare with literals only".formatted(cell, rule.getId())));
		}
		return problems;
	}

	private void readColumns(List<GatingInvariant> invariants) {
		List<Input> inputs = List.copyOf(this.table.getInputs());
		for (int at = 0; at < inputs.size(); at++) {
			int column = at;
			String name = variable(inputs.get(at));
			Set<@Nullable Object> declared = new LinkedHashSet<>();
			invariants.forEach((invariant) -> declared.addAll(invariant.inputs().getOrDefault(name, List.of())));
			Set<@Nullable Object> values = new LinkedHashSet<>(declared);
			List<String> cells = this.rules.stream()
				.map((rule) -> text(List.copyOf(rule.getInputEntries()).get(column).getText()))
				.toList();
			cells.forEach((cell) -> addLiterals(cell, values));
			addUnknown(inputs.get(at), values);
			this.columns.add(column(name, declared, values, cells));
		}
	}

	/**
	 * Tries one of the values that the same rules match. The invariants tell the declared
	 * values apart, so all of these are tried.
	 */
	private Column column(String name, Set<@Nullable Object> declared, Set<@Nullable Object> values,
			List<String> cells) {
		Column column = new Column(name, new ArrayList<>(), new ArrayList<>());
		Set<BitSet> undeclared = new HashSet<>();
		for (Object value : values) {
			BitSet hits = hits(cells, value);
			if (declared.contains(value) || undeclared.add(hits)) {
				column.values().add(value);
				column.hits().add(hits);
			}
		}
		return column;
	}

	private static void addLiterals(String cell, Collection<@Nullable Object> values) {
		Matcher literal = LITERAL.matcher(cell);
		while (literal.find()) {
			if (literal.group(1) != null) {
				values.add(literal.group(1));
			}
			else {
				double number = Double.parseDouble(literal.group());
				values.addAll(List.of(number, number - STEP, number + STEP));
			}
		}
	}

	private static void addUnknown(Input input, Collection<@Nullable Object> values) {
		String type = Objects.requireNonNullElse(input.getInputExpression().getTypeRef(), "string");
		switch (type) {
			case "boolean" -> values.addAll(List.of(true, false));
			case "string" -> values.add("~unknown~");
			default -> values.addAll(List.of(-1e9, 1e9));
		}
		values.add(null);
	}

	/** The rules whose cell matches a value. */
	private BitSet hits(List<String> cells, @Nullable Object value) {
		BitSet hits = new BitSet(cells.size());
		for (int rule = 0; rule < cells.size(); rule++) {
			checkTime();
			String cell = cells.get(rule);
			hits.set(rule, cell.isEmpty() || this.feel.evaluateSimpleUnaryTests(cell, CELL_INPUT,
					Variables.createVariables().putValue(CELL_INPUT, value).asVariableContext()));
		}
		return hits;
	}

	private void check(GatingInvariant invariant, List<String> problems) {
		int output = output(invariant.output());
		if (output < 0) {
			problems.add("it needs the output '%s'".formatted(invariant.output()));
			return;
		}
		BitSet all = new BitSet();
		all.set(0, this.rules.size());
		Set<String> broken = new LinkedHashSet<>();
		visit(0, all, new HashMap<>(), invariant, output, broken);
		problems.addAll(broken);
	}

	private void visit(int at, BitSet matching, Map<String, @Nullable Object> inputs, GatingInvariant invariant,
			int output, Set<String> broken) {
		checkTime();
		if (at == this.columns.size()) {
			checkAnswer(matching.nextSetBit(0), inputs, invariant, output, broken);
			return;
		}
		Column column = this.columns.get(at);
		for (int value = 0; value < column.values().size(); value++) {
			BitSet rest = (BitSet) matching.clone();
			rest.and(column.hits().get(value));
			inputs.put(column.name(), column.values().get(value));
			visit(at + 1, rest, inputs, invariant, output, broken);
		}
	}

	/** An input that no rule matches has no answer, which never permits anything. */
	private void checkAnswer(int rule, Map<String, @Nullable Object> inputs, GatingInvariant invariant, int output,
			Set<String> broken) {
		if (rule >= 0 && invariant.when().test(inputs)) {
			String answer = text(List.copyOf(this.rules.get(rule).getOutputEntries()).get(output).getText());
			if (!invariant.allowed().contains(answer.replace("\"", "")) || !answer.startsWith("\"")) {
				broken.add("%s answers %s, but %s".formatted(this.rules.get(rule).getId(), answer, invariant.reason()));
			}
		}
	}

	private int output(String name) {
		List<String> names = this.table.getOutputs().stream().map(Output::getName).toList();
		return names.indexOf(name);
	}

	private static String variable(Input input) {
		return text(input.getInputExpression().getText());
	}

	private static String text(@Nullable Text text) {
		String content = (text != null) ? text.getTextContent().strip() : "";
		return content.equals("-") ? "" : content;
	}

	/** The check has used its time. */
	private static final class TooSlowException extends RuntimeException {

		private TooSlowException() {
			super("The check takes too long", null, false, false);
		}

	}

	/**
	 * An input with its values.
	 *
	 * @param name name of the variable
	 * @param values values to try
	 * @param hits the matching rules of each value
	 */
	private record Column(String name, List<@Nullable Object> values, List<BitSet> hits) {

	}

}
