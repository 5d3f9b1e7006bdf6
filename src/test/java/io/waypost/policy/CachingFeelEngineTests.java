package io.waypost.policy;

import java.util.Arrays;
import java.util.List;

import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Compares the caching FEEL engine with the library's own. */
class CachingFeelEngineTests {

	private static final List<@Nullable Object> VALUES = Arrays.asList(null, true, false, "a", "none", "GRANTED", "", 0,
			5, 21L, 24, 0.59, 0.6, 0.7, 0.7000001, -1);

	private final FeelEngine own = new CachingFeelEngine();

	private final FeelEngine theirs = new ScalaFeelEngine(List.of());

	@ParameterizedTest
	@ValueSource(strings = { "\"a\"", "\"none\",\"GRANTED\"", "not(\"none\")", "not(\"a\",\"none\")", "true", "false",
			"null", "null,\"a\"", "< 0.7", ">= 0.6", "> 24", ">= 21,< 8", "[8..20]", "]0..5[", "5,10,25", "-",
			"> other", "? = other", "note", "not(\"a\"", "other", "5", "starts with(?, \"n\")" })
	void testsCellsAsTheEngineDoes(String cell) {
		for (Object value : VALUES) {
			assertThat(test(this.own, cell, value)).as("%s with %s", cell, value)
				.isEqualTo(test(this.theirs, cell, value));
			assertThat(test(this.own, cell, value)).as("%s with %s, again", cell, value)
				.isEqualTo(test(this.theirs, cell, value));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"STOP\"", "8", "-1", "0.5", "true", "null", "other", "other + 1", "missing",
			"\"a\" + string(other)", "if other > 3 then \"x\" else \"y\"", "[1,2]", "date(\"2026-11-21\")",
			"duration(\"PT1H\")" })
	void evaluatesExpressionsAsTheEngineDoes(String expression) {
		Object expected = this.theirs.evaluateSimpleExpression(expression, context(1));
		Object actual = this.own.evaluateSimpleExpression(expression, context(1));
		assertThat(actual).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "count(for i in 1..100000000 return i)", "for i in 1..1000000000 return i",
			"some a in 1..100000000 satisfies a = -1", "every a in [1] satisfies a = 1",
			"string join(for i in 1..10000000 return \"a\")", "matches(\"aaaa\", \"^(a|aa)+$\")",
			"replace(\"a\", \"(a+)+\", \"b\")", "split(\"a\", \"a\")", "9 ** 9 ** 9", "[1,2,3][item > 1]",
			"function(x) x + 1", "{a: [1], b: [a, a]}", "if true then (for i in 1..2 return i) else 1",
			"[1, [2, concatenate([1], [2])]]", "decimal(1/3, 300000000)", "decimal(1/3, 10000*10000)",
			"decimal(n: 1/3, scale: 300000000)", "round up(1/3, 99999999)", "round half down(other/3, other*99999999)",
			"floor(1/3, 99999999)", "ceiling(1/3, -99999999)", "floor(number(\"1e999999999\"))",
			"modulo(number(\"1e999999999\"), 7)", "if other = 1 and decimal(1/3, 300000000) = 0 then \"a\" else \"\"" })
	void evaluatesNothingWhoseCostDoesNotFollowFromItsLength(String expression) {
		assertThatExceptionOfType(FeelException.class)
			.isThrownBy(() -> this.own.evaluateSimpleExpression(expression, context(1)))
			.withMessageContaining("is refused");
	}

	@ParameterizedTest
	@ValueSource(strings = { "count(for i in 1..2000000 return i) = ?", "?[item > 1]", "matches(?, \"^(a|aa)+$\")" })
	void testsNothingWhoseCostDoesNotFollowFromItsLength(String cell) {
		assertThatExceptionOfType(FeelException.class)
			.isThrownBy(() -> this.own.evaluateSimpleUnaryTests(cell, "cellInput", context("aaaa")))
			.withMessageContaining("is refused");
	}

	@ParameterizedTest
	@ValueSource(strings = { "(", "[", "-", "not(", "if true then ", "1+" })
	void readsNoLongOrDeepTexts(String part) {
		assertThatExceptionOfType(FeelException.class)
			.isThrownBy(() -> this.own.evaluateSimpleExpression(part.repeat(5_000), context(1)))
			.withMessageContaining("is refused")
			.satisfies((refused) -> assertThat(refused.getMessage()).hasSizeLessThan(300));
		assertThatExceptionOfType(FeelException.class)
			.isThrownBy(() -> this.own.evaluateSimpleExpression(part.repeat(900 / part.length()), context(1)));
	}

	@Test
	void givesInputsBackAsTheEngineDoes() {
		for (Object value : VALUES) {
			Object expected = this.theirs.evaluateSimpleExpression("cellInput", context(value));
			Object actual = this.own.evaluateSimpleExpression("cellInput", context(value));
			assertThat(actual).as("%s", value).isEqualTo(expected);
		}
	}

	@Test
	void rejectsTextsThatAreNotFeel() {
		assertThatExceptionOfType(FeelException.class)
			.isThrownBy(() -> this.own.evaluateSimpleUnaryTests("][", "cellInput", context(1)))
			.withMessageContaining("'][' is not FEEL");
	}

	private static Object test(FeelEngine feel, String cell, @Nullable Object value) {
		try {
			return feel.evaluateSimpleUnaryTests(cell, "cellInput", context(value));
		}
		catch (FeelException ex) {
			return "refused";
		}
	}

	private static VariableContext context(@Nullable Object value) {
		return Variables.createVariables().putValue("cellInput", value).putValue("other", 5).asVariableContext();
	}

}
