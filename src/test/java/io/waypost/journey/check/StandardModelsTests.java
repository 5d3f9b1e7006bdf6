package io.waypost.journey.check;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.dmn.Dmn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

/** The bundled models, valid and with errors. */
class StandardModelsTests {

	private static final DeploymentContext TOGETHER = new DeploymentContext(
			journeys().map(Bpmn::readModelFromFile)
				.flatMap((model) -> CallGraph.of(model).entrySet().stream())
				.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
			Set.of(), Set.of("review-content", "approve-campaign"), (key) -> Optional.empty(), (key) -> false,
			(id) -> false);

	/** All models are deployed, and one is deployed again, with its form if any. */
	private static final DeploymentContext LATER = new DeploymentContext(Map.of(), Set.of(), TOGETHER.forms(),
			(key) -> Optional.ofNullable(TOGETHER.processes().get(key)), (key) -> true, (id) -> true);

	static Stream<File> journeys() {
		return files("processes", ".bpmn");
	}

	static Stream<File> tables() {
		return files("dmn", ".dmn");
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void acceptsEveryJourney(File file) {
		assertThat(new JourneyChecker().check(Bpmn.readModelFromFile(file), TOGETHER)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("tables")
	void acceptsEveryTable(File file) {
		Document document = (Document) Dmn.readModelFromFile(file).getDocument().getDomSource().getNode();
		assertThat(new DecisionTableChecker().check(document)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("journeys")
	void acceptsEveryJourneyAloneOnceTheOthersAreDeployed(File file) {
		assertThat(new JourneyChecker().check(Bpmn.readModelFromFile(file), LATER)).isEmpty();
	}

	/** Those that call another process or show a form. */
	static Stream<File> dependents() {
		return journeys().filter((file) -> !file.getName().equals("campaign-chunk.bpmn"));
	}

	@ParameterizedTest
	@MethodSource("dependents")
	void refusesEveryJourneyWhereTheMessageProcessOrTheFormIsMissing(File file) {
		BpmnModelInstance model = Bpmn.readModelFromFile(file);
		assertThat(new JourneyChecker().check(model, TestModels.ALONE)).isNotEmpty()
			.allSatisfy((problem) -> assertThat(problem.elementId()).matches("(callActivity|userTask)_.+"));
	}

	@Test
	void refusesAMessageProcessThatCallsOneOfItsCallers() {
		BpmnModelInstance model = message();
		ServiceTask step = model.getModelElementById("serviceTask_PlanContent");
		CallActivity call = model.newInstance(CallActivity.class, "callActivity_Again");
		call.setCalledElement("cart-abandonment");
		step.getParentElement().addChildElement(call);
		assertThat(new JourneyChecker().check(model, LATER)).anySatisfy((problem) -> {
			assertThat(problem.elementId()).isEqualTo("callActivity_Again");
			assertThat(problem.reason()).contains("personalised-message → cart-abandonment → personalised-message");
		});
	}

	@ParameterizedTest
	@MethodSource("requiredSteps")
	void refusesTheMessageProcessWithoutItsChecks(String id) {
		BpmnModelInstance model = message();
		ServiceTask step = model.getModelElementById(id);
		step.setCamundaDelegateExpression("${throttlingCheck}");
		assertThat(new JourneyChecker().check(model, TOGETHER)).extracting(ModelProblem::elementId)
			.containsExactly("serviceTask_QueueSend");
	}

	static Stream<String> requiredSteps() {
		return Stream.of("serviceTask_CheckPermission", "serviceTask_InspectContent");
	}

	@ParameterizedTest
	@CsvSource({ "serviceTask_LoadClearedContent,loadClearedContent", "serviceTask_DecideRecipients,decideRecipients" })
	void refusesTheChunkProcessWithoutItsChecks(String id, String missing) {
		BpmnModelInstance model = process("campaign-chunk");
		ServiceTask step = model.getModelElementById(id);
		step.setCamundaDelegateExpression("${claimChunk}");
		assertThat(new JourneyChecker().check(model, TOGETHER)).singleElement().satisfies((problem) -> {
			assertThat(problem.elementId()).isEqualTo("serviceTask_QueueSends");
			assertThat(problem.reason()).contains(missing);
		});
	}

	@Test
	void refusesACampaignThatStartsChunksBeforeItsContentIsInspected() {
		BpmnModelInstance model = process("campaign");
		ServiceTask step = model.getModelElementById("serviceTask_WriteContent");
		step.setCamundaDelegateExpression("${checkCampaignContent}");
		assertThat(new JourneyChecker().check(model, TOGETHER)).extracting(ModelProblem::elementId)
			.containsExactlyInAnyOrder("serviceTask_StartTestChunks", "serviceTask_StartRolloutChunks");
	}

	@Test
	void refusesReviewedContentThatGoesStraightToTheQueue() {
		BpmnModelInstance model = message();
		SequenceFlow changed = model.getModelElementById("flow_ContentReplaced_BeforeInspection");
		changed.setTarget(model.getModelElementById("gateway_BeforeQueue"));
		assertThat(new JourneyChecker().check(model, TOGETHER)).singleElement()
			.satisfies((problem) -> assertThat(problem.reason()).contains("inspection", "serviceTask_ApplyReview"));
	}

	@Test
	void knowsTheProcessOfEveryModel() {
		assertThat(journeys()
			.flatMap((file) -> Bpmn.readModelFromFile(file).getModelElementsByType(Process.class).stream())
			.map(Process::getId)).containsExactlyInAnyOrder(
					journeys().map((file) -> file.getName().replace(".bpmn", "")).toArray(String[]::new));
	}

	private static BpmnModelInstance message() {
		return process("personalised-message");
	}

	private static BpmnModelInstance process(String key) {
		return Bpmn.readModelFromFile(Path.of("processes", key + ".bpmn").toFile());
	}

	private static Stream<File> files(String folder, String ending) {
		return Arrays.stream(Objects.requireNonNull(new File(folder).listFiles()))
			.filter((file) -> file.getName().endsWith(ending))
			.sorted();
	}

}
