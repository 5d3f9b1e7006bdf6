package io.waypost.journey.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.AbstractFlowNodeBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.waypost.journey.check.TestModels.inspect;
import static io.waypost.journey.check.TestModels.journey;
import static io.waypost.journey.check.TestModels.permit;
import static io.waypost.journey.check.TestModels.problems;
import static io.waypost.journey.check.TestModels.send;
import static io.waypost.journey.check.TestModels.step;
import static io.waypost.journey.check.TestModels.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class JourneyCheckerTests {

	private static void assertRefused(BpmnModelInstance model, String elementId, String... reasons) {
		List<ModelProblem> problems = problems(model);
		assertThat(problems).as("problems").anySatisfy((problem) -> {
			assertThat(problem.elementId()).isEqualTo(elementId);
			assertThat(problem.reason()).contains(reasons);
		});
	}

	private static void assertAccepted(BpmnModelInstance model) {
		assertThat(problems(model)).isEmpty();
	}

	private static AbstractFlowNodeBuilder<?, ?> start() {
		return journey().startEvent("start");
	}

	@Nested
	class Paths {

		@Test
		void acceptsPermissionAndInspectionBeforeTheSend() {
			assertAccepted(send(inspect(write(permit(start()), "write"))).endEvent().done());
		}

		@Test
		void acceptsAnyOrderOfPermissionAndContent() {
			assertAccepted(send(permit(inspect(write(start(), "write")))).endEvent().done());
		}

		@Test
		void refusesSendWithoutAnything() {
			assertRefused(send(start()).endEvent().done(), "send", "permission decision", "inspection");
		}

		@Test
		void refusesSendWithoutPermission() {
			assertRefused(send(inspect(start())).endEvent().done(), "send", "permission decision");
		}

		@Test
		void refusesSendWithoutInspection() {
			assertRefused(send(permit(start())).endEvent().done(), "send", "inspection");
		}

		@Test
		void namesElementAndAPathWithoutTheInspection() {
			ModelProblem problem = problems(send(permit(start())).name("Queue it").endEvent().done()).getFirst();
			assertThat(problem.toString()).startsWith("send (\"Queue it\"): ").contains("start → ", " → send");
		}

		@Test
		void refusesContentWrittenAfterTheInspection() {
			assertRefused(send(write(inspect(permit(start())), "write")).endEvent().done(), "send", "inspection",
					"write");
		}

		@Test
		void refusesOneBadPathAmongGoodOnes() {
			assertRefused(
					send(inspect(permit(start()).exclusiveGateway("choice").condition("ok", "${route == 'CONTINUE'}"))
						.exclusiveGateway("join")).endEvent().moveToNode("choice").connectTo("join").done(),
					"send", "inspection", "choice → join");
		}

		@Test
		void acceptsRegenerationLoopInFrontOfTheInspection() {
			assertAccepted(send(inspect(write(permit(start()).exclusiveGateway("again"), "write").exclusiveGateway("ok")
				.condition("more", "${route == 'REGENERATE'}")
				.connectTo("again")
				.moveToNode("ok"))).endEvent().done());
		}

		@Test
		void refusesLoopBackToTheWriterBehindTheInspection() {
			assertRefused(inspect(write(permit(start()), "write")).exclusiveGateway("ok")
				.condition("rewrite", "${route == 'FALLBACK'}")
				.serviceTask("fallback")
				.camundaDelegateExpression("${fallbackExecutorAgent}")
				.exclusiveGateway("join")
				.serviceTask("send")
				.camundaDelegateExpression("${queueSend}")
				.endEvent()
				.moveToNode("ok")
				.connectTo("join")
				.done(), "send", "inspection", "fallback");
		}

		@Test
		void terminatesOnLoopsWithoutASend() {
			assertThatNoException().isThrownBy(() -> problems(start().exclusiveGateway("a")
				.exclusiveGateway("b")
				.condition("x", "${route == 'STOP'}")
				.connectTo("a")
				.moveToNode("b")
				.endEvent()
				.done()));
		}

		@Test
		void keepsPermissionOverATimerBecauseDeliveryChecksAgain() {
			assertAccepted(
					send(inspect(permit(start()).intermediateCatchEvent("wait").timerWithDuration("P1D"))).endEvent()
						.done());
		}

		@Test
		void refusesReviewedContentThatMayHaveChanged() {
			assertRefused(
					send(step(inspect(permit(start())).userTask("review"), "apply", "applyReview")).endEvent().done(),
					"send", "inspection");
		}

		@Test
		void acceptsReviewedContentOnTheApprovedFlowOnly() {
			assertAccepted(send(step(inspect(permit(start())).userTask("review"), "apply", "applyReview")
				.exclusiveGateway("decision")
				.condition("approved", "${route == 'CONTINUE' and reviewDecision == 'APPROVED'}")).endEvent().done());
		}

		@ParameterizedTest
		@ValueSource(strings = { "${reviewDecision == 'CHANGED'}", "${reviewDecision != 'APPROVED'}",
				"${reviewDecision == 'APPROVED' or route == 'CONTINUE'}", "${route == 'CONTINUE'}" })
		void refusesReviewedContentOnEveryOtherFlow(String condition) {
			assertRefused(send(step(inspect(permit(start())).userTask("review"), "apply", "applyReview")
				.exclusiveGateway("decision")
				.condition("other", condition)).endEvent().done(), "send", "inspection");
		}

		@Test
		void refusesApprovalOfUninspectedContent() {
			assertRefused(
					send(step(permit(start()).userTask("review"), "apply", "applyReview").exclusiveGateway("decision")
						.condition("approved", "${reviewDecision == 'APPROVED'}")).endEvent().done(),
					"send", "inspection");
		}

		@Test
		void acceptsASubProcessThatOnlyApprovedContentLeaves() {
			assertAccepted(
					send(review().endEvent("changed").error("CONTENT_REPLACED").subProcessDone()).endEvent().done());
		}

		@Test
		void refusesASubProcessThatChangedContentLeavesToo() {
			assertRefused(send(review().endEvent("changed").subProcessDone()).endEvent().done(), "send", "inspection",
					"apply", "changed");
		}

		/** Up to the flow that changed content takes. */
		private AbstractFlowNodeBuilder<?, ?> review() {
			return inspect(permit(start())).subProcess("review")
				.embeddedSubProcess()
				.startEvent()
				.serviceTask("apply")
				.camundaDelegateExpression("${applyReview}")
				.exclusiveGateway("decision")
				.condition("approved", "${route == 'CONTINUE' and reviewDecision == 'APPROVED'}")
				.endEvent("done")
				.moveToNode("decision");
		}

		@Test
		void acceptsInspectionInsideASubProcess() {
			assertAccepted(send(permit(start()).subProcess("sub")
				.embeddedSubProcess()
				.startEvent()
				.serviceTask()
				.camundaDelegateExpression("${guardrailAgent}")
				.endEvent()
				.subProcessDone()).endEvent().done());
		}

		@Test
		void refusesSubProcessWithOneEndThatMissesTheInspection() {
			assertRefused(send(permit(start()).subProcess("sub")
				.embeddedSubProcess()
				.startEvent()
				.exclusiveGateway("inner")
				.condition("yes", "${attempt == 1}")
				.serviceTask()
				.camundaDelegateExpression("${guardrailAgent}")
				.endEvent()
				.moveToNode("inner")
				.endEvent("early")
				.subProcessDone()).endEvent().done(), "send", "inspection", "early");
		}

		@Test
		void refusesBoundaryEventThatLeavesBeforeTheInspection() {
			assertRefused(permit(start()).subProcess("sub")
				.embeddedSubProcess()
				.startEvent()
				.serviceTask()
				.camundaDelegateExpression("${guardrailAgent}")
				.endEvent()
				.subProcessDone()
				.endEvent()
				.moveToActivity("sub")
				.boundaryEvent("failed")
				.error("AGENT_FAILED")
				.serviceTask("send")
				.camundaDelegateExpression("${queueSend}")
				.endEvent()
				.done(), "send", "inspection", "failed");
		}

		@Test
		void refusesBoundaryTimerOfAnInspectedTaskThatRewrites() {
			assertRefused(inspect(permit(start())).userTask("review")
				.endEvent()
				.moveToActivity("review")
				.boundaryEvent("expired")
				.timerWithDuration("P1D")
				.serviceTask("fallback")
				.camundaDelegateExpression("${fallbackExecutorAgent}")
				.serviceTask("send")
				.camundaDelegateExpression("${queueSend}")
				.endEvent()
				.done(), "send", "inspection", "expired", "fallback");
		}

		@Test
		void refusesSendInAnEventSubProcess() {
			var process = journey();
			process.eventSubProcess()
				.startEvent("late")
				.message("Msg_OrderCompleted")
				.serviceTask("send")
				.camundaDelegateExpression("${queueSend}")
				.endEvent();
			assertRefused(inspect(permit(process.startEvent())).endEvent().done(), "send", "late → send");
		}

		@ParameterizedTest
		@ValueSource(strings = { "<bpmn:messageEventDefinition messageRef=\"message\"/>",
				"<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>",
				"<bpmn:signalEventDefinition/>" })
		void refusesSecondStartEventThatSkipsTheChecks(String definition) {
			assertRefused(TestModels.parse("""
					<bpmn:process id="journey" isExecutable="true" camunda:historyTimeToLive="P30D">
						<bpmn:startEvent id="good"/>
						<bpmn:serviceTask id="permit" camunda:delegateExpression="${permissionCheck}"/>
						<bpmn:serviceTask id="inspect" camunda:delegateExpression="${guardrailAgent}"/>
						<bpmn:startEvent id="bad">%s</bpmn:startEvent>
						%s
						<bpmn:sequenceFlow id="a" sourceRef="good" targetRef="permit"/>
						<bpmn:sequenceFlow id="b" sourceRef="permit" targetRef="inspect"/>
						<bpmn:sequenceFlow id="c" sourceRef="inspect" targetRef="send"/>
						<bpmn:sequenceFlow id="d" sourceRef="bad" targetRef="send"/>
					</bpmn:process>
					<bpmn:message id="message" name="Msg_Late"/>
					""".formatted(definition, SEND)), "send", "bad → send");
		}

		@Test
		void followsLinkEvents() {
			String links = """
					<bpmn:startEvent id="start"/>
					<bpmn:serviceTask id="permit" camunda:delegateExpression="${permissionCheck}"/>
					%s
					<bpmn:intermediateThrowEvent id="away"><bpmn:linkEventDefinition name="there"/></bpmn:intermediateThrowEvent>
					<bpmn:intermediateCatchEvent id="back"><bpmn:linkEventDefinition name="there"/></bpmn:intermediateCatchEvent>
					%s
					<bpmn:sequenceFlow id="a" sourceRef="start" targetRef="permit"/>
					<bpmn:sequenceFlow id="b" sourceRef="permit" targetRef="%s"/>
					<bpmn:sequenceFlow id="d" sourceRef="back" targetRef="send"/>
					""";
			assertRefused(TestModels.xml(links.formatted("", SEND, "away")), "send", "inspection",
					"away → back → send");
			assertAccepted(TestModels.xml(links.formatted("""
					<bpmn:serviceTask id="inspect" camunda:delegateExpression="${guardrailAgent}"/>
					<bpmn:sequenceFlow id="x" sourceRef="inspect" targetRef="away"/>
					""", SEND, "inspect")));
		}

		@Test
		void refusesUnreachableElement() {
			assertRefused(TestModels.xml("<bpmn:startEvent id=\"start\"/>" + SEND), "send", "permission");
		}

		@Test
		void forgetsTheInspectionBehindACalledProcess() {
			assertRefused(send(inspect(permit(start())).callActivity("call").calledElement("other")).endEvent().done(),
					"send", "inspection");
		}

		@Test
		void refusesWritingBesideAnotherBranch() {
			assertRefused(send(inspect(permit(start())).parallelGateway("fork")).endEvent()
				.moveToNode("fork")
				.serviceTask("parallel")
				.camundaDelegateExpression("${executorAgent}")
				.endEvent()
				.done(), "parallel", "branch parallel to another");
		}

		@Test
		void acceptsWritingBehindAJoin() {
			assertAccepted(
					send(inspect(write(permit(start()).parallelGateway("fork").parallelGateway("join"), "write")))
						.endEvent()
						.moveToNode("fork")
						.serviceTask("other")
						.camundaDelegateExpression("${throttlingCheck}")
						.connectTo("join")
						.done());
		}

		@Test
		void refusesWritingByANonInterruptingTimer() {
			assertRefused(send(inspect(permit(start())).userTask("wait")).endEvent()
				.moveToActivity("wait")
				.boundaryEvent("meanwhile")
				.cancelActivity(false)
				.timerWithDuration("PT1H")
				.serviceTask("parallel")
				.camundaDelegateExpression("${executorAgent}")
				.endEvent()
				.done(), "parallel", "branch parallel to another");
		}

		@Test
		void refusesWritingInParallelMultiInstances() {
			assertRefused(
					TestModels
						.xml("""
								<bpmn:startEvent id="start"/>
								<bpmn:serviceTask id="many" camunda:delegateExpression="${executorAgent}"><bpmn:multiInstanceLoopCharacteristics/></bpmn:serviceTask>
								<bpmn:sequenceFlow id="a" sourceRef="start" targetRef="many"/>
								"""),
					"many", "branch parallel to another");
		}

		private static final String SEND = """
				<bpmn:serviceTask id="send" camunda:delegateExpression="${queueSend}"/>
				""";

	}

	@Nested
	class ForeignCode {

		@Test
		void refusesScriptTask() {
			assertRefused(
					TestModels.xml("<bpmn:startEvent id=\"s\"/><bpmn:scriptTask id=\"t\" name=\"Evil\" "
							+ "scriptFormat=\"javascript\"><bpmn:script>1</bpmn:script></bpmn:scriptTask>"),
					"t", "script");
		}

		@ParameterizedTest
		@ValueSource(strings = { "camunda:class=\"java.lang.Runtime\"", "camunda:expression=\"${1+1}\"",
				"camunda:expression=\"${x}\"", "camunda:delegateExpression=\"${runtimeService}\"",
				"camunda:delegateExpression=\"${runEnded}\"", "camunda:delegateExpression=\"${reviewTask}\"",
				"camunda:delegateExpression=\"${orchestratorAgent}\"",
				"camunda:delegateExpression=\"${plannerAgent.x}\"", "camunda:delegateExpression=\"${bean}\"",
				"camunda:delegateExpression=\"#{plannerAgent}\"", "camunda:delegateExpression=\"${a ? b : c}\"",
				"camunda:type=\"external\" camunda:topic=\"anything\"", "camunda:type=\"mail\"",
				"activiti:class=\"java.lang.Runtime\"", "activiti:expression=\"${1}\"" })
		void refusesImplementation(String attribute) {
			assertRefused(
					TestModels.xml("<bpmn:startEvent id=\"s\"/><bpmn:serviceTask id=\"t\" %s/>".formatted(attribute)),
					"t", "");
		}

		@ParameterizedTest
		@ValueSource(strings = {
				"<camunda:connector><camunda:connectorId>http</camunda:connectorId></camunda:connector>",
				"<camunda:executionListener delegateExpression=\"${queueSend}\" event=\"start\"/>",
				"<camunda:executionListener class=\"java.lang.Runtime\" event=\"start\"/>",
				"<camunda:executionListener event=\"start\"><camunda:script scriptFormat=\"js\">1</camunda:script></camunda:executionListener>",
				"<camunda:taskListener class=\"java.lang.Runtime\" event=\"create\"/>",
				"<camunda:taskListener delegateExpression=\"${plannerAgent}\" event=\"create\"/>",
				"<camunda:field name=\"x\"><camunda:expression>${1}</camunda:expression></camunda:field>",
				"<camunda:inputOutput><camunda:inputParameter name=\"x\"><camunda:script scriptFormat=\"js\">1</camunda:script></camunda:inputParameter></camunda:inputOutput>",
				"<camunda:inputOutput><camunda:inputParameter name=\"x\">${bean.run()}</camunda:inputParameter></camunda:inputOutput>",
				"<camunda:inputOutput><camunda:inputParameter name=\"x\"><camunda:list><camunda:value>${''.getClass()}</camunda:value></camunda:list></camunda:inputParameter></camunda:inputOutput>",
				"<camunda:inputOutput><camunda:outputParameter name=\"route\">CONTINUE</camunda:outputParameter></camunda:inputOutput>",
				"<camunda:inputOutput><camunda:inputParameter name=\"reviewDecision\">APPROVED</camunda:inputParameter></camunda:inputOutput>",
				"<camunda:inputOutput><camunda:inputParameter name=\"reviewDecision\">EXPIRED</camunda:inputParameter></camunda:inputOutput>",
				"<camunda:formData/>" })
		void refusesExtension(String extension) {
			assertRefused(TestModels.xml(
					"<bpmn:startEvent id=\"s\"/><bpmn:userTask id=\"t\"><bpmn:extensionElements>%s".formatted(extension)
							+ "</bpmn:extensionElements></bpmn:userTask>"),
					"t", "");
		}

		@ParameterizedTest
		@ValueSource(strings = { "camunda:formKey=\"embedded:deployment:x.html\"", "camunda:assignee=\"${a.b()}\"",
				"camunda:dueDate=\"${execution.getVariable('x')}\"", "camunda:candidateGroups=\"${queueSend}\"",
				"camunda:dueDate=\"${dateTime().plusDays(1)}\"", "camunda:formRef=\"${form}\"" })
		void refusesUserTask(String attribute) {
			assertRefused(
					TestModels.xml("<bpmn:startEvent id=\"s\"/><bpmn:userTask id=\"t\" %s/>".formatted(attribute)), "t",
					"");
		}

		@Test
		void refusesConditionInAScriptingLanguage() {
			assertRefused(
					TestModels
						.xml("""
								<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>
								<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e">
									<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="groovy">1</bpmn:conditionExpression>
								</bpmn:sequenceFlow>
								"""),
					"f", "scripting language");
		}

		@Test
		void refusesConditionThatCallsAMethod() {
			assertRefused(
					TestModels
						.xml("""
								<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>
								<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e">
									<bpmn:conditionExpression id="c" xsi:type="bpmn:tFormalExpression">${route.equals('A')}</bpmn:conditionExpression>
								</bpmn:sequenceFlow>
								"""),
					"f", "contains a method call");
		}

		@Test
		void refusesDelegateInAThrowingEvent() {
			assertRefused(TestModels.xml("""
					<bpmn:startEvent id="s"/><bpmn:endEvent id="e"><bpmn:messageEventDefinition
						camunda:delegateExpression="${queueSend}"/></bpmn:endEvent>
					"""), "e", "allowed on service tasks only");
		}

	}

	@Nested
	class References {

		@Test
		void refusesMissingHistoryTimeToLive() {
			assertRefused(
					TestModels.parse(
							"<bpmn:process id=\"p\" isExecutable=\"true\"><bpmn:startEvent id=\"s\"/></bpmn:process>"),
					"p", "history time to live");
		}

		@Test
		void refusesDynamicCall() {
			assertRefused(start().callActivity("call").calledElement("${anything}").endEvent().done(), "call",
					"must be a constant");
		}

		@Test
		void refusesCallToAProcessThatDoesNotExist() {
			assertRefused(start().callActivity("call").calledElement("nowhere").endEvent().done(), "call", "'nowhere'",
					"neither deployed");
		}

		@Test
		void acceptsCallToADeployedProcessUnlessBoundToTheDeployment() {
			DeploymentContext deployed = new DeploymentContext(Map.of(), Set.of(), Set.of(),
					(key) -> "other".equals(key) ? Optional.of(Set.of()) : Optional.empty(), (key) -> false,
					(id) -> false);
			assertThat(problems(start().callActivity("call").calledElement("other").endEvent().done(), deployed))
				.isEmpty();
			assertThat(problems(start().callActivity("call")
				.calledElement("other")
				.camundaCalledElementBinding("deployment")
				.endEvent()
				.done(), deployed)).singleElement()
				.satisfies((problem) -> assertThat(problem.reason()).contains("deploy it together"));
		}

		@Test
		void refusesProcessThatCallsItself() {
			BpmnModelInstance model = start().callActivity("call").calledElement("journey").endEvent().done();
			DeploymentContext itself = new DeploymentContext(Map.of("journey", Set.of("journey")), Set.of(), Set.of(),
					(key) -> Optional.empty(), (key) -> false, (id) -> false);
			assertThat(problems(model, itself)).singleElement()
				.satisfies((problem) -> assertThat(problem.reason()).contains("journey → journey"));
		}

		@Test
		void refusesTaskWhoseFormIsNotDeployedWithIt() {
			BpmnModelInstance model = start().userTask("decide")
				.camundaFormRef("decide")
				.camundaFormRefBinding("deployment")
				.endEvent()
				.done();
			assertRefused(model, "decide", "'decide'", "deploy it together");
			assertThat(problems(model, new DeploymentContext(Map.of(), Set.of(), Set.of("decide"),
					(key) -> Optional.empty(), (key) -> false, (id) -> false)))
				.isEmpty();
		}

		@Test
		void refusesTableThatDoesNotExist() {
			assertRefused(start().businessRuleTask("ask").camundaDecisionRef("nowhere").endEvent().done(), "ask",
					"'nowhere'");
		}

		@Test
		void acceptsOrdinaryWaitsAndTasks() {
			assertAccepted(start().intermediateCatchEvent("wait")
				.timerWithDuration("${delay}")
				.userTask("task")
				.camundaCandidateGroups("reviewer")
				.camundaDueDate("${reviewDue}")
				.exclusiveGateway("g")
				.condition("a", "${route == 'CONTINUE' and attempt lt 5 or not empty reason && !(attempt >= 2)}")
				.endEvent()
				.done());
		}

	}

}
