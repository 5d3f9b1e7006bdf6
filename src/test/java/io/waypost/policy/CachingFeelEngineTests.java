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
			"\"a\" + string(other)", "if other > 3 then \"x\" else \"y\"", "[1,2]", "{a: 1}", "date(\"2026-11-21\")",
			"duration(\"PT1H\")" })
	void evaluatesExpressionsAsTheEngineDoes(String expression) {
		Object expected = this.theirs.evaluateSimpleExpression(expression, context(1));
		Object actual = this.own.evaluateSimpleExpression(expression, context(1));
		assertThat(actual).isEqualTo(expected);
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
