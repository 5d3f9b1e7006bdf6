package io.waypost.journey.engine;

import org.jspecify.annotations.Nullable;

/** Small models for tests of the engine. */
final class EngineModels {

	private EngineModels() {
	}

	/**
	 * A process that evaluates a table, if there is one, and waits at a task of the
	 * reviewers with a timer and a message.
	 */
	static String waiting(String key, @Nullable String table) {
		String decision = (table != null)
				? "<businessRuleTask id=\"decide\" camunda:decisionRef=\"%s\" camunda:decisionRefBinding=\"latest\" camunda:resultVariable=\"colours\" camunda:mapDecisionResult=\"singleEntry\"/>"
					.formatted(table)
				: "<task id=\"decide\"/>";
		return """
				<?xml version="1.0" encoding="UTF-8"?>
				<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
					xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
					<message id="m" name="Msg_%s"/>
					<process id="%s" name="%s" isExecutable="true" camunda:historyTimeToLive="P1D">
						<startEvent id="start"/>
						<sequenceFlow id="f0" sourceRef="start" targetRef="decide"/>
						%s
						<sequenceFlow id="f1" sourceRef="decide" targetRef="task"/>
						<userTask id="task" name="Wait" camunda:candidateGroups="reviewer"/>
						<boundaryEvent id="timer" attachedToRef="task" cancelActivity="false">
							<timerEventDefinition id="t"><timeDuration>P1D</timeDuration></timerEventDefinition>
						</boundaryEvent>
						<boundaryEvent id="message" attachedToRef="task">
							<messageEventDefinition id="md" messageRef="m"/>
						</boundaryEvent>
						<sequenceFlow id="f2" sourceRef="task" targetRef="end"/>
						<sequenceFlow id="f3" sourceRef="timer" targetRef="end"/>
						<sequenceFlow id="f4" sourceRef="message" targetRef="end"/>
						<endEvent id="end"/>
					</process>
				</definitions>
				""".formatted(key, key, key, decision);
	}

	/** A process that ends at once. */
	static String ending(String key, String end) {
		return """
				<?xml version="1.0" encoding="UTF-8"?>
				<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
					xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
					<process id="%s" isExecutable="true" camunda:historyTimeToLive="P1D">
						<startEvent id="start"/>
						<sequenceFlow id="f" sourceRef="start" targetRef="%s"/>
						<endEvent id="%s"/>
					</process>
				</definitions>
				""".formatted(key, end, end);
	}

	/** A process that calls another. */
	static String calling(String key, String called) {
		return """
				<?xml version="1.0" encoding="UTF-8"?>
				<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
					xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
					<process id="%s" isExecutable="true" camunda:historyTimeToLive="P1D">
						<startEvent id="start"/>
						<sequenceFlow id="f" sourceRef="start" targetRef="call"/>
						<callActivity id="call" calledElement="%s" camunda:calledElementBinding="latest"/>
						<sequenceFlow id="g" sourceRef="call" targetRef="end"/>
						<endEvent id="end"/>
					</process>
				</definitions>
				""".formatted(key, called);
	}

	/** A table that answers its input. */
	static String table(String key) {
		return table(key, "value");
	}

	/** A table with one rule. */
	static String table(String key, String answer) {
		return """
				<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="drd-%s" name="d" namespace="x"
				    xmlns:camunda="http://camunda.org/schema/1.0/dmn">
				  <decision id="%s" name="%s" camunda:historyTimeToLive="P1D">
				    <decisionTable id="t" hitPolicy="FIRST">
				      <input id="i"><inputExpression id="ie"><text>value</text></inputExpression></input>
				      <output id="o" name="answer" typeRef="string" />
				      <rule id="rule_Only">
				        <inputEntry id="c1"><text></text></inputEntry>
				        <outputEntry id="c2"><text>%s</text></outputEntry>
				      </rule>
				    </decisionTable>
				  </decision>
				</definitions>
				""".formatted(key, key, key, answer);
	}

}
