package io.waypost.journey.check;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExpressionGrammarTests {

	@ParameterizedTest
	@ValueSource(strings = { "${delay}", "${ route == 'CONTINUE' }", "${route == \"STOP\" || attempt >= 3}",
			"#{execution.processBusinessKey}", "${not (a and b) or !c}", "${empty name}", "${order.total > 12.5}",
			"${a.b.c}", "${x == -1}", "before ${a} between ${b} after", "no expression at all ()" })
	void acceptsReadsComparisonsAndLogic(String text) {
		assertThat(ExpressionGrammar.problem(text)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "${a.b()}", "${a()}", "${a ()}", "${a.b ( 1 )}", "${''.getClass()}", "${''.class}",
			"${a.class}", "${a['class']}", "${a[0]}", "${a ? b : c}", "${fn:now()}", "${a = b}", "${x -> x}",
			"${execution.id}", "${execution}", "${task.name}", "${queueSend}", "${plannerAgent.planner}", "${1+1}",
			"${a*b}", "${a;b}", "${}", "${a", "${'a\\'b'}", "#{a.b()}", "ok ${a} bad ${b.c()}", "${a.}", "${.a}",
			"${(a).b}", "${processEngine.name}", "${a instanceof b}", "${\u0430()}" })
	void refusesEverythingElse(String text) {
		assertThat(ExpressionGrammar.problem(text)).isPresent();
	}

}
