package io.waypost.journey.check;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the checker does not know is refused; reserved variables cannot be written. */
class ModelVocabularyTests {

	@ParameterizedTest
	@ValueSource(strings = { "<bpmn:userTask id=\"t\" xml:lang=\"en\"/>",
			"<bpmn:userTask id=\"t\" isForCompensation=\"true\"/>", "<bpmn:userTask id=\"t\" implementation=\"java\"/>",
			"<bpmn:transaction id=\"t\"/>", "<bpmn:adHocSubProcess id=\"t\"/>", "<bpmn:complexGateway id=\"t\"/>",
			"<bpmn:endEvent id=\"t\"><bpmn:compensateEventDefinition/></bpmn:endEvent>",
			"<bpmn:userTask id=\"t\"><bpmn:extensionElements><x:script xmlns:x=\"urn:x\">1</x:script></bpmn:extensionElements></bpmn:userTask>",
			"<bpmn:userTask id=\"t\"><bpmn:extensionElements><camunda:validation/></bpmn:extensionElements></bpmn:userTask>",
			"<bpmn:userTask id=\"t\"><bpmn:extensionElements><camunda:properties><camunda:property camunda:class=\"a.B\" name=\"a\" value=\"b\"/></camunda:properties></bpmn:extensionElements></bpmn:userTask>",
			"<bpmn:callActivity id=\"t\" calledElement=\"a\" camunda:variableMappingClass=\"a.B\"/>",
			"<bpmn:callActivity id=\"t\" calledElement=\"a\" camunda:variableMappingDelegateExpression=\"${x}\"/>" })
	void refusesWhatItDoesNotKnow(String element) {
		assertRefused(element, "not allowed");
	}

	@ParameterizedTest
	@CsvSource({ "timeDuration,timerEventDefinition", "timeDate,timerEventDefinition", "timeCycle,timerEventDefinition",
			"condition,conditionalEventDefinition" })
	void refusesALanguageOnEveryExpression(String expression, String definition) {
		assertRefused("""
				<bpmn:intermediateCatchEvent id="t"><bpmn:%2$s>
				<bpmn:%1$s xsi:type="bpmn:tFormalExpression" language="feel">true</bpmn:%1$s></bpmn:%2$s>
				</bpmn:intermediateCatchEvent>
				""".formatted(expression, definition), "scripting language");
	}

	@ParameterizedTest
	@ValueSource(strings = { "loopCardinality", "completionCondition" })
	void refusesALanguageOnALoop(String expression) {
		assertRefused("""
				<bpmn:userTask id="t"><bpmn:multiInstanceLoopCharacteristics>
				<bpmn:%1$s xsi:type="bpmn:tFormalExpression" language="feel">1</bpmn:%1$s>
				</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>
				""".formatted(expression), "scripting language");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<bpmn:condition xsi:type=\"bpmn:tFormalExpression\">${execution.x()}</bpmn:condition>",
			"<bpmn:condition xsi:type=\"bpmn:tFormalExpression\">${a.b().c}</bpmn:condition>" })
	void readsConditionsOfEventsByTheGrammar(String condition) {
		assertRefused("<bpmn:intermediateCatchEvent id=\"t\"><bpmn:conditionalEventDefinition>" + condition
				+ "</bpmn:conditionalEventDefinition></bpmn:intermediateCatchEvent>", "the expression");
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"<bpmn:businessRuleTask id=\"t\" camunda:decisionRef=\"a\" camunda:resultVariable=\"tenantId\"/>",
			"<bpmn:userTask id=\"t\"><bpmn:multiInstanceLoopCharacteristics camunda:collection=\"list\" camunda:elementVariable=\"sendId\"/></bpmn:userTask>",
			"<bpmn:userTask id=\"t\"><bpmn:multiInstanceLoopCharacteristics camunda:collection=\"list\" camunda:elementVariable=\"contentId\"/></bpmn:userTask>",
			"<bpmn:startEvent id=\"t\" camunda:initiator=\"profileId\"/>",
			"<bpmn:callActivity id=\"t\" calledElement=\"a\"><bpmn:extensionElements><camunda:in source=\"x\" target=\"tenantId\"/></bpmn:extensionElements></bpmn:callActivity>",
			"<bpmn:callActivity id=\"t\" calledElement=\"a\"><bpmn:extensionElements><camunda:in sourceExpression=\"${x}\" target=\"runId\"/></bpmn:extensionElements></bpmn:callActivity>",
			"<bpmn:callActivity id=\"t\" calledElement=\"a\"><bpmn:extensionElements><camunda:in source=\"sendId\" target=\"sendId\"/></bpmn:extensionElements></bpmn:callActivity>",
			"<bpmn:callActivity id=\"t\" calledElement=\"a\"><bpmn:extensionElements><camunda:out source=\"x\" target=\"route\"/></bpmn:extensionElements></bpmn:callActivity>" })
	void refusesToWriteReservedVariables(String element) {
		assertRefused(element, "which only steps may write");
	}

	@Test
	void refusesToWriteAReservedVariableByAnError() {
		assertRefused("""
				<bpmn:userTask id="u"/><bpmn:boundaryEvent id="t" attachedToRef="u">
				<bpmn:errorEventDefinition camunda:errorCodeVariable="route"/></bpmn:boundaryEvent>
				""", "which only steps may write");
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"<camunda:inputOutput><camunda:inputParameter name=\"action\">a</camunda:inputParameter><camunda:inputParameter name=\"action\">b</camunda:inputParameter></camunda:inputOutput>",
			"<camunda:inputOutput><camunda:inputParameter name=\"a\"><camunda:map><camunda:entry key=\"k\">1</camunda:entry><camunda:entry key=\"k\">2</camunda:entry></camunda:map></camunda:inputParameter></camunda:inputOutput>",
			"<camunda:inputOutput><camunda:inputParameter name=\"a\">a</camunda:inputParameter></camunda:inputOutput><camunda:inputOutput><camunda:inputParameter name=\"a\">b</camunda:inputParameter></camunda:inputOutput>" })
	void refusesParametersThatAreGivenTwice(String parameters) {
		assertRefused("<bpmn:userTask id=\"t\"><bpmn:extensionElements>" + parameters
				+ "</bpmn:extensionElements></bpmn:userTask>", "twice");
	}

	private static void assertRefused(String element, String reason) {
		List<ModelProblem> problems = TestModels.problems(TestModels.xml("<bpmn:startEvent id=\"s\"/>" + element));
		assertThat(problems).as("problems").anySatisfy((problem) -> {
			assertThat(problem.elementId()).isEqualTo("t");
			assertThat(problem.reason()).contains(reason);
		});
	}

}
