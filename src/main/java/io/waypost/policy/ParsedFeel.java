package io.waypost.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

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
 * The same FEEL as the engine's own, but each cell is parsed once and not at every
 * evaluation: parsing is nearly all of what a table costs.
 */
final class ParsedFeel implements FeelEngine {

	/** More texts than all deployed tables together have cells. */
	private static final int MOST_TEXTS = 20_000;

	private final FeelEngineApi feel = FeelEngineBuilder.forJava().build();

	private final Map<String, ParsedExpression> expressions = new ConcurrentHashMap<>();

	private final Map<String, ParsedExpression> unaryTests = new ConcurrentHashMap<>();

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T> @Nullable T evaluateSimpleExpression(String expression, VariableContext context) {
		ParsedExpression parsed = parsed(this.expressions, expression, this.feel::parseExpression);
		return (T) result(expression, this.feel.evaluate(parsed, variables(context)));
	}

	@Override
	public boolean evaluateSimpleUnaryTests(String expression, String inputVariable, VariableContext context) {
		ParsedExpression parsed = parsed(this.unaryTests, expression, this.feel::parseUnaryTests);
		Map<String, @Nullable Object> variables = variables(context);
		Object input = variables.get(inputVariable);
		return Boolean.TRUE.equals(result(expression, this.feel.evaluateWithInput(parsed, input, variables)));
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
		if (known.size() >= MOST_TEXTS) {
			known.clear();
		}
		known.put(text, result.parsedExpression());
		return result.parsedExpression();
	}

	private static @Nullable Object result(String text, EvaluationResult result) {
		if (result.isFailure()) {
			throw new FeelException("'%s' cannot be evaluated: %s".formatted(text, result.failure().message()));
		}
		return result.result();
	}

	private static Map<String, @Nullable Object> variables(VariableContext context) {
		Map<String, @Nullable Object> variables = new HashMap<>();
		for (String name : context.keySet()) {
			TypedValue value = context.resolve(name);
			variables.put(name, (value != null) ? value.getValue() : null);
		}
		return variables;
	}

}
