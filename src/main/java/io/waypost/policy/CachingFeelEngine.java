package io.waypost.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
 * The engine's FEEL library with caches. The library parses a cell and creates all
 * functions of FEEL again for each evaluation. Here each text is parsed once, and the
 * result of a cell for one input is cached if it depends on nothing else. What exceeds
 * the {@link FeelLimits} is never evaluated. Fractions, such as scores, rarely repeat and
 * are always evaluated. Expressions see plain values only.
 */
final class CachingFeelEngine implements FeelEngine {

	private static final int MAX_TEXTS = 20_000;

	private static final int MAX_SHOWN = 100;

	private static final int MAX_RESULTS = 50_000;

	/** Literals and comparisons only: no variable, no function but {@code not}. */
	private static final Pattern CLOSED = Pattern
		.compile("(?:\"[^\"\\\\]*\"|\\bnot\\(|\\bnull\\b|\\btrue\\b|\\bfalse\\b|\\d|[<>=,\\[\\]().\\s-])+");

	private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

	private final FeelEngineApi feel = FeelEngineBuilder.forJava()
		.withCustomValueMapper(new PlainValueMapper())
		.withEnabledExternalFunctions(false)
		.build();

	private final Cache<String, ParsedExpression> expressions = cache(MAX_TEXTS);

	private final Cache<String, ParsedExpression> unaryTests = cache(MAX_TEXTS);

	private final Cache<CellInput, Optional<Object>> results = cache(MAX_RESULTS);

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T> @Nullable T evaluateSimpleExpression(String expression, VariableContext context) {
		Supplier<@Nullable Object> evaluation = () -> result(expression, this.feel
			.evaluate(parsed(this.expressions, expression, this.feel::parseExpression), variables(context)));
		if (isClosed(expression)) {
			return (T) cached(new CellInput(false, expression, null), evaluation);
		}
		if (!VARIABLE.matcher(expression).matches()) {
			return (T) evaluation.get();
		}
		Object value = value(context, expression);
		return (T) (isFraction(value) ? value : cached(new CellInput(false, expression, value), evaluation));
	}

	@Override
	public boolean evaluateSimpleUnaryTests(String expression, String inputVariable, VariableContext context) {
		Object input = value(context, inputVariable);
		Supplier<@Nullable Object> evaluation = () -> result(expression, this.feel.evaluateWithInput(
				parsed(this.unaryTests, expression, this.feel::parseUnaryTests), input, variables(context)));
		return Boolean.TRUE.equals(
				isClosed(expression) ? cached(new CellInput(true, expression, input), evaluation) : evaluation.get());
	}

	/**
	 * Parses an expression without evaluating it.
	 * @throws FeelException if it is not FEEL or exceeds the limits
	 */
	void parse(String expression) {
		parsed(this.expressions, expression, this.feel::parseExpression);
	}

	/** Caches results for immutable inputs that are likely to repeat. */
	private @Nullable Object cached(CellInput cell, Supplier<@Nullable Object> evaluation) {
		if (cell.input() != null && !repeats(cell.input())) {
			return evaluation.get();
		}
		Optional<Object> before = this.results.getIfPresent(cell);
		if (before != null) {
			return before.orElse(null);
		}
		Object result = evaluation.get();
		if (result == null || repeats(result) || result instanceof Double) {
			this.results.put(cell, Optional.ofNullable(result));
		}
		return result;
	}

	/** A text above the limit is refused later; the pattern would exhaust the stack. */
	private static boolean isClosed(String text) {
		return FeelLimits.problem(text).isEmpty() && CLOSED.matcher(text).matches();
	}

	/** FEEL returns fractions unchanged and whole numbers as integers. */
	private static boolean isFraction(@Nullable Object value) {
		return value instanceof Double number && number != Math.rint(number);
	}

	private static boolean repeats(Object value) {
		return value instanceof String || value instanceof Boolean || value instanceof Integer || value instanceof Long;
	}

	private static ParsedExpression parsed(Cache<String, ParsedExpression> known, String text,
			Function<String, ParseResult> parser) {
		ParsedExpression before = known.getIfPresent(text);
		if (before != null) {
			return before;
		}
		FeelLimits.problem(text).ifPresent((problem) -> {
			throw refused(text, problem);
		});
		ParsedExpression expression = parse(text, parser);
		FeelLimits.problem(expression).ifPresent((problem) -> {
			throw refused(text, problem);
		});
		known.put(text, expression);
		return expression;
	}

	/**
	 * Parses a text. Chains of operators are nested too, and the parser of the library is
	 * recursive, also when it describes a failure.
	 */
	private static ParsedExpression parse(String text, Function<String, ParseResult> parser) {
		try {
			ParseResult result = parser.apply(text);
			if (result.isFailure()) {
				throw new FeelException("'%s' is not FEEL: %s".formatted(text, result.failure().message()));
			}
			return result.parsedExpression();
		}
		catch (StackOverflowError tooDeep) {
			throw refused(text, "it has too many operators in a row");
		}
	}

	private static FeelException refused(String text, String problem) {
		return new FeelException("'%s' is refused: %s"
			.formatted((text.length() > MAX_SHOWN) ? text.substring(0, MAX_SHOWN) + "…" : text, problem));
	}

	private static <K, V> Cache<K, V> cache(int size) {
		return Caffeine.newBuilder().maximumSize(size).build();
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
	 * A cell and its input.
	 *
	 * @param unary whether the cell is in an input column
	 * @param text the FEEL text of the cell
	 * @param input the only value that the result depends on
	 */
	private record CellInput(boolean unary, String text, @Nullable Object input) {

	}

}
