package io.waypost.journey.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.waypost.journey.engine.deploy.DeploymentRefusedException;
import io.waypost.testing.UncheckedModels;
import io.waypost.testing.WaypostTest;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Attacks by models and tables that call Java. Each was possible over
 * {@code /engine-rest/deployment/create} with the role of a modeler. The attacks run
 * against the checker, and against the engine with the checker removed.
 */
@WaypostTest
class ScriptsAreRefusedIntegrationTests {

	private static final String CALL = "execution.setVariable(\"owned\", \"yes\")";

	@Autowired
	private ProcessEngine engine;

	private final List<String> deployed = new ArrayList<>();

	@AfterEach
	void removeModels() {
		this.deployed.forEach((id) -> this.engine.getRepositoryService().deleteDeployment(id, true, true, true));
	}

	@Test
	void hasNoScriptEngine() {
		ProcessEngineConfigurationImpl configuration = configuration();
		for (String language : List.of("feel", "feel-unary-tests", "juel", "javascript", "ecmascript", "groovy",
				"python", "ruby")) {
			assertThat(configuration.getScriptEngineResolver().getScriptEngine(language, true)).as(language).isNull();
			assertThatThrownBy(() -> configuration.getScriptFactory().createScriptFromSource(language, "1"))
				.hasMessageContaining("Scripts are not allowed");
		}
		assertThat(configuration.getScriptEngineResolver().getScriptEngineManager().getEngineFactories()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "feel", "javascript", "groovy", "juel", "feel-unary-tests" })
	void refusesALanguageOnTheConditionOfAConditionalEvent(String language) {
		assertThatThrownBy(() -> deploy("a.bpmn", conditional(language))).isInstanceOf(DeploymentRefusedException.class)
			.hasMessageContaining("catch")
			.hasMessageContaining("language=\"" + language + "\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "feel", "javascript", "groovy", "feel-unary-tests" })
	void refusesTheConditionInTheEngineToo(String language) {
		assertThatThrownBy(() -> withoutChecker(() -> run(deploy("a.bpmn", conditional(language)))))
			.isInstanceOfAny(ParseException.class, ProcessEngineException.class)
			.hasMessageContaining("Scripts are not allowed");
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"<scriptTask id=\"t\" scriptFormat=\"feel\"><script><![CDATA[execution.setVariable(\"owned\", 1)]]></script></scriptTask>",
			"<scriptTask id=\"t\" scriptFormat=\"feel\" camunda:resource=\"a.feel\"/>",
			"<userTask id=\"t\"><extensionElements><camunda:taskListener event=\"create\"><camunda:script scriptFormat=\"feel\">1</camunda:script></camunda:taskListener></extensionElements></userTask>",
			"<userTask id=\"t\"><extensionElements><camunda:executionListener event=\"start\"><camunda:script scriptFormat=\"feel\">1</camunda:script></camunda:executionListener></extensionElements></userTask>",
			"<userTask id=\"t\"><extensionElements><camunda:inputOutput><camunda:inputParameter name=\"x\"><camunda:script scriptFormat=\"feel\">1</camunda:script></camunda:inputParameter></camunda:inputOutput></extensionElements></userTask>",
			"<userTask id=\"t\"><extensionElements><camunda:inputOutput><camunda:outputParameter name=\"x\"><camunda:list><camunda:script scriptFormat=\"feel\">1</camunda:script></camunda:list></camunda:outputParameter></camunda:inputOutput></extensionElements></userTask>" })
	void refusesScriptsInBothPlaces(String element) {
		String model = process(element, "t");
		assertThatThrownBy(() -> deploy("a.bpmn", model)).isInstanceOf(DeploymentRefusedException.class);
		assertThatThrownBy(() -> withoutChecker(() -> run(deploy("a.bpmn", model))))
			.satisfies((thrown) -> assertThat(thrown.getMessage()).containsAnyOf("Scripts are not allowed",
					"script resource"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "feel", "juel", "javascript", "groovy" })
	void evaluatesNoMethodOfAJavaObjectInATable(String language) {
		String table = table(language, "x.toLowerCase()");
		if (!language.equals("feel")) {
			assertThatThrownBy(() -> deploy("a.dmn", table)).isInstanceOf(DeploymentRefusedException.class);
		}
		assertThatThrownBy(() -> withoutChecker(() -> {
			deploy("a.dmn", table);
			Object result = this.engine.getDecisionService()
				.evaluateDecisionTableByKey("attackedTable", Map.of("x", new Counter()))
				.getSingleEntry();
			assertThat(result).as("the method of the Java object was called").isNull();
			throw new ProcessEngineException("FEEL returned null");
		})).isInstanceOf(RuntimeException.class);
		assertThat(Counter.calls).isZero();
	}

	private static String conditional(String language) {
		return process("""
				<intermediateCatchEvent id="catch"><conditionalEventDefinition id="c">
					<condition xsi:type="tFormalExpression" language="%s"><![CDATA[%s = null]]></condition>
				</conditionalEventDefinition></intermediateCatchEvent>
				""".formatted(language, CALL), "catch");
	}

	private static String process(String element, String id) {
		return """
				<?xml version="1.0" encoding="UTF-8"?>
				<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
					xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
					xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
					<process id="attack" isExecutable="true" camunda:historyTimeToLive="P1D">
						<startEvent id="start"/>
						<sequenceFlow id="f" sourceRef="start" targetRef="%2$s"/>
						%1$s
					</process>
				</definitions>
				""".formatted(element, id);
	}

	private static String table(String language, String expression) {
		return """
				<?xml version="1.0" encoding="UTF-8"?>
				<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
					xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="d" name="d" namespace="test">
					<decision id="attackedTable" name="Table" camunda:historyTimeToLive="P1D">
						<decisionTable id="decisionTable">
							<output id="output_1" name="y"/>
							<rule id="r"><outputEntry id="o" expressionLanguage="%s"><text>%s</text></outputEntry></rule>
						</decisionTable>
					</decision>
				</definitions>
				"""
			.formatted(language, language.equals("juel") ? "${" + expression + "}" : expression);
	}

	private void run(DeploymentWithDefinitions deployment) {
		assertThat(deployment.getDeployedProcessDefinitions()).isNotEmpty();
		Object owned = this.engine.getRuntimeService()
			.createProcessInstanceByKey("attack")
			.executeWithVariablesInReturn()
			.getVariables()
			.get("owned");
		assertThat(owned).as("the script ran").isNull();
	}

	private DeploymentWithDefinitions deploy(String name, String model) {
		DeploymentWithDefinitions deployment = this.engine.getRepositoryService()
			.createDeployment()
			.addInputStream(name, new java.io.ByteArrayInputStream(model.getBytes(StandardCharsets.UTF_8)))
			.deployWithResult();
		this.deployed.add(deployment.getId());
		return deployment;
	}

	private void withoutChecker(Runnable attack) {
		UncheckedModels.deploy(this.engine, () -> {
			attack.run();
			return true;
		});
	}

	private ProcessEngineConfigurationImpl configuration() {
		return (ProcessEngineConfigurationImpl) this.engine.getProcessEngineConfiguration();
	}

	/** A Java object with a method that a table must not call. */
	public static final class Counter implements java.io.Serializable {

		private static final long serialVersionUID = 1;

		static int calls;

		/** Counts the calls. */
		public String toLowerCase() {
			calls++;
			return "called";
		}

	}

}
