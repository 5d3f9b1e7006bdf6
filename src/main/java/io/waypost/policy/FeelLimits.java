package io.waypost.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

import camundajar.impl.scala.Product;
import org.camunda.feel.syntaxtree.FunctionInvocation;
import org.camunda.feel.syntaxtree.ParsedExpression;

/**
 * Limits FEEL in decision tables to what a table needs: comparisons, lists of values,
 * arithmetic and a few functions. A cell is evaluated while a deployment or a message
 * waits for it, so everything whose cost does not follow from the length of the text is
 * refused: loops, filters, powers, rounding to a scale, numbers from text (with any
 * exponent), regular expressions, functions of its own. What is not in the lists below is
 * refused too.
 */
final class FeelLimits {

	private static final int MAX_CHARACTERS = 1_000;

	private static final int MAX_NESTING = 20;

	private static final Set<String> ELEMENTS = Set.of("ConstNull", "ConstBool", "ConstNumber", "ConstString",
			"ConstDate", "ConstTime", "ConstLocalTime", "ConstDateTime", "ConstLocalDateTime", "ConstDayTimeDuration",
			"ConstYearMonthDuration", "ConstList", "ConstRange", "ConstInputValue", "OpenConstRangeBoundary",
			"ClosedConstRangeBoundary", "Ref", "PathExpression", "If", "In", "Not", "Conjunction", "Disjunction",
			"AtLeastOne", "UnaryTestExpression", "InputEqualTo", "InputLessThan", "InputLessOrEqual",
			"InputGreaterThan", "InputGreaterOrEqual", "InputInRange", "Equal", "LessThan", "LessOrEqual",
			"GreaterThan", "GreaterOrEqual", "Addition", "Subtraction", "Multiplication", "Division",
			"ArithmeticNegation", "InstanceOf", "FunctionInvocation", "PositionalFunctionParameters",
			"NamedFunctionParameters", "ZonedTime");

	private static final Set<String> FUNCTIONS = Set.of("not", "contains", "starts with", "ends with", "lower case",
			"upper case", "string length", "substring", "substring before", "substring after", "string",
			"list contains", "count", "min", "max", "sum", "mean", "abs", "date", "time", "date and time", "duration",
			"years and months duration", "day of week", "day of year", "week of year", "month of year", "is defined",
			"get or else", "all", "any", "before", "after", "now", "today");

	private FeelLimits() {
	}

	/** Finds out why a text must not be parsed. */
	static Optional<String> problem(String text) {
		if (text.length() > MAX_CHARACTERS) {
			return Optional.of("it has %d characters; at most %d are allowed".formatted(text.length(), MAX_CHARACTERS));
		}
		int depth = 0;
		for (char character : text.toCharArray()) {
			depth += ("([{".indexOf(character) >= 0) ? 1 : (")]}".indexOf(character) >= 0) ? -1 : 0;
			if (depth > MAX_NESTING) {
				return Optional.of("its brackets are nested more than %d times".formatted(MAX_NESTING));
			}
		}
		return Optional.empty();
	}

	/** Finds out why an expression must not be evaluated. */
	static Optional<String> problem(ParsedExpression expression) {
		Deque<Object> open = new ArrayDeque<>();
		open.add(expression.expression());
		while (!open.isEmpty()) {
			if (!(open.pop() instanceof Product element)) {
				continue;
			}
			Optional<String> problem = element(element);
			if (problem.isPresent()) {
				return problem;
			}
			for (int part = 0; part < element.productArity(); part++) {
				open.push(element.productElement(part));
			}
		}
		return Optional.empty();
	}

	private static Optional<String> element(Product element) {
		Class<?> type = element.getClass();
		if (!type.getPackageName().equals(ParsedExpression.class.getPackageName())) {
			return Optional.empty();
		}
		String name = type.getSimpleName().replace("$", "");
		if (!ELEMENTS.contains(name)) {
			return Optional.of("'%s' is not allowed in decision tables; use comparisons, lists of values and arithmetic"
				.formatted(name));
		}
		if (element instanceof FunctionInvocation call && !FUNCTIONS.contains(call.function())) {
			return Optional.of("the function '%s' is not allowed in decision tables; allowed are %s"
				.formatted(call.function(), String.join(", ", FUNCTIONS.stream().sorted().toList())));
		}
		return Optional.empty();
	}

}
