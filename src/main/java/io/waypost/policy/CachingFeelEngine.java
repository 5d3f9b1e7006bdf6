package io.waypost.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.jspecify.annotations.Nullable;

/**
 * The same FEEL as the engine's own, asked less often. The library parses a cell and
 * builds all of FEEL's functions anew for each evaluation; here a text is parsed once,
 * and what a cell says about one input is remembered where it cannot depend on anything
 * else. Fractions, such as scores, hardly ever repeat and are always evaluated.
 */
final class CachingFeelEngine implements FeelEngine {

	private static final int MOST_TEXTS = 20_000;

	private static final int MOST_ANSWERS = 50_000;

	/** Literals and comparisons only: no variable, no function but {@code not}. */
	private static final Pattern CLOSED = Pattern
		.compile("(?:\"[^\"\\\\]*\"|\\bnot\\(|\\bnull\\b|\\btrue\\b|\\bfalse\\b|\\d|[<>=,\\[\\]().\\s-])+");

	private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

	private final FeelEngineApi feel = FeelEngineBuilder.forJava().build();

	private final Map<String, ParsedExpression> expressions = new ConcurrentHashMap<>();

	private final Map<String, ParsedExpression> unaryTests = new ConcurrentHashMap<>();

	private final Map<Question, Optional<Object>> answers = new ConcurrentHashMap<>();

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T> @Nullable T evaluateSimpleExpression(String expression, VariableContext context) {
		Supplier<@Nullable Object> evaluation = () -> result(expression, this.feel
			.evaluate(parsed(this.expressions, expression, this.feel::parseExpression), variables(context)));
		if (CLOSED.matcher(expression).matches()) {
			return (T) remembered(new Question(false, expression, null), evaluation);
		}
		if (!VARIABLE.matcher(expression).matches()) {
			return (T) evaluation.get();
		}
		Object value = value(context, expression);
		return (T) (isFraction(value) ? value : remembered(new Question(false, expression, value), evaluation));
	}

	@Override
	public boolean evaluateSimpleUnaryTests(String expression, String inputVariable, VariableContext context) {
		Object input = value(context, inputVariable);
		Supplier<@Nullable Object> evaluation = () -> result(expression, this.feel.evaluateWithInput(
				parsed(this.unaryTests, expression, this.feel::parseUnaryTests), input, variables(context)));
		return Boolean.TRUE.equals(CLOSED.matcher(expression).matches()
				? remembered(new Question(true, expression, input), evaluation) : evaluation.get());
	}

	/** Only values that cannot change and that come again are worth a place. */
	private @Nullable Object remembered(Question question, Supplier<@Nullable Object> evaluation) {
		if (question.input() != null && !repeats(question.input())) {
			return evaluation.get();
		}
		Optional<Object> before = this.answers.get(question);
		if (before != null) {
			return before.orElse(null);
		}
		Object answer = evaluation.get();
		if (answer == null || repeats(answer) || answer instanceof Double) {
			keep(this.answers, MOST_ANSWERS, question, Optional.ofNullable(answer));
		}
		return answer;
	}

	/** FEEL gives a fraction back as it is; whole numbers it turns into integers. */
	private static boolean isFraction(@Nullable Object value) {
		return value instanceof Double number && number != Math.rint(number);
	}

	private static boolean repeats(Object value) {
		return value instanceof String || value instanceof Boolean || value instanceof Integer || value instanceof Long;
	}

	private static ParsedExpression parsed(Map<String, ParsedExpression> known, String text,
			Function<String, ParseResult> parser) {
		ParsedExpression before = known.get(text);
		if (before != null) {
			return before;
		}
		ParseResult result = parser.apply(text);
		if (result.isFailure()) {
			throw new FeelException("'%s' is not FEEL: %s".formatted(text, result.failure().message()));
		}
		keep(known, MOST_TEXTS, text, result.parsedExpression());
		return result.parsedExpression();
	}

	private static <K, V> void keep(Map<K, V> known, int most, K key, V value) {
		if (known.size() >= most) {
			known.clear();
		}
		known.put(key, value);
	}

	private static @Nullable Object result(String text, EvaluationResult result) {
		if (result.isFailure()) {
			throw new FeelException("'%s' cannot be evaluated: %s".formatted(text, result.failure().message()));
		}
		return result.result();
	}

	private static @Nullable Object value(VariableContext context, String name) {
		TypedValue value = context.resolve(name);
		return (value != null) ? value.getValue() : null;
	}

	private static Map<String, @Nullable Object> variables(VariableContext context) {
		Map<String, @Nullable Object> variables = new HashMap<>();
		context.keySet().forEach((name) -> variables.put(name, value(context, name)));
		return variables;
	}

	/**
	 * What was asked of one text.
	 *
	 * @param unary whether it is a cell of an input column
	 * @param text as the analyst wrote it
	 * @param input the only value the answer depends on
	 */
	private record Question(boolean unary, String text, @Nullable Object input) {

	}

}
