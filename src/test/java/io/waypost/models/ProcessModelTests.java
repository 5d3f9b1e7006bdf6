package io.waypost.models;

import java.beans.Introspector;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.MessageFlow;
import org.camunda.bpm.model.bpmn.instance.Participant;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Reads every model as the engine would and checks that what it names exists. The linter
 * in {@code src/lint} looks at how models are drawn.
 */
class ProcessModelTests {

	private static final ObjectMapper JSON = new ObjectMapper();

	/** Variables that a process is given or that the steps set. */
	private static final Set<String> VARIABLES = Set.of("route", "attempt", "reviewDecision", "delay", "secondDelay",
			"thirdDelay", "deferUntil", "sendStatus", "reviewDue", "reviewExpiry", "template",
			"execution.processBusinessKey", "scheduled", "withTest", "startAt", "testUntil", "copyUntil");

	private static final Set<String> MESSAGES = Set.of("Msg_OrderCompleted", "Msg_CampaignChunksDone",
			"Msg_CampaignSent", "Msg_CampaignCopyWritten", "Msg_CampaignResumed", "Msg_CampaignCancelled");

	private static final Set<String> JOURNEY_BEANS = journeyBeans();

	static List<Path> processes() {
		return ModelFiles.processes();
	}

	static List<Path> models() {
		return ModelFiles.all();
	}

	@ParameterizedTest
	@MethodSource("processes")
	void isValidAndExecutable(Path file) {
		BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
		assertThatCode(() -> Bpmn.validateModel(model)).doesNotThrowAnyException();
		Process process = process(model);
		assertThat(file.getFileName()).hasToString(process.getId() + ".bpmn");
		assertThat(process.isExecutable()).isTrue();
		assertThat(process.getName()).isNotBlank();
		assertThat(process.getCamundaHistoryTimeToLiveString()).isEqualTo("P180D");
		assertThat(process.getCamundaVersionTag()).matches("\\d+\\.\\d+\\.\\d+");
		assertThat(process.isCamundaStartableInTasklist()).isFalse();
		assertThat(process.getDocumentations()).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("models")
	void usesEveryIdOnce(Path file) {
		Set<String> seen = new HashSet<>();
		List<String> twice = new ArrayList<>();
		Matcher ids = Pattern.compile("(?:\\sid=|\"id\": )\"([^\"]+)\"").matcher(ModelFiles.text(file));
		while (ids.find()) {
			if (!seen.add(ids.group(1))) {
				twice.add(ids.group(1));
			}
		}
		assertThat(twice).isEmpty();
		assertThat(seen).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("processes")
	void drawsEveryElement(Path file) {
		BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
		Set<String> shapes = ids(model.getModelElementsByType(BpmnShape.class).stream().map(BpmnShape::getBpmnElement));
		Set<String> edges = ids(model.getModelElementsByType(BpmnEdge.class).stream().map(BpmnEdge::getBpmnElement));
		assertThat(shapes).isEqualTo(ids(Stream.concat(model.getModelElementsByType(FlowNode.class).stream(),
				model.getModelElementsByType(Participant.class).stream())));
		assertThat(edges).isEqualTo(ids(Stream.concat(model.getModelElementsByType(SequenceFlow.class).stream(),
				model.getModelElementsByType(MessageFlow.class).stream())));
		assertThat(model.getModelElementsByType(BpmnEdge.class))
			.allSatisfy((edge) -> assertThat(edge.getWaypoints()).hasSizeGreaterThan(1));
	}

	@ParameterizedTest
	@MethodSource("processes")
	void namesBeansThatExist(Path file) {
		BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
		assertThat(beansNamedIn(model)).allMatch((bean) -> bean.matches("\\$\\{[a-z][A-Za-z]+}"));
		assertThat(JOURNEY_BEANS)
			.containsAll(beansNamedIn(model).map((bean) -> bean.substring(2, bean.length() - 1)).toList());
	}

	@ParameterizedTest
	@MethodSource("processes")
	void givesStepsTheInputsTheyRead(Path file) {
		BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
		for (ServiceTask task : model.getModelElementsByType(ServiceTask.class)) {
			boolean takesReason = Set.of("${withholdSend}", "${closeCampaign}")
				.contains(task.getCamundaDelegateExpression());
			assertThat(inputs(task).keySet()).as(task.getId()).isSubsetOf(takesReason ? Set.of("reason") : Set.of());
		}
	}

	@ParameterizedTest
	@MethodSource("processes")
	void readsKnownVariablesOnly(Path file) {
		Matcher expressions = Pattern.compile("[$#]\\{([^}]*)}").matcher(ModelFiles.text(file));
		while (expressions.find()) {
			String bare = expressions.group(1).replaceAll("'[^']*'", "");
			for (String word : Pattern.compile("[^A-Za-z.]+").splitAsStream(bare).toList()) {
				assertThat(Set.of("", "and", "or", "lt", "true").contains(word) || VARIABLES.contains(word)
						|| JOURNEY_BEANS.contains(word))
					.as("'%s' in %s", word, file)
					.isTrue();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("processes")
	void refersToThingsThatExist(Path file) {
		BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
		Set<String> keys = processes().stream().map(ProcessModelTests::key).collect(Collectors.toSet());
		Set<String> forms = ModelFiles.forms().stream().map(ProcessModelTests::key).collect(Collectors.toSet());
		assertThat(model.getModelElementsByType(CallActivity.class))
			.allSatisfy((call) -> assertThat(keys).contains(call.getCalledElement()));
		assertThat(model.getModelElementsByType(UserTask.class))
			.allSatisfy((task) -> assertThat(forms).contains(task.getCamundaFormRef()));
		assertThat(model.getModelElementsByType(MessageEventDefinition.class))
			.allSatisfy((event) -> assertThat(event.getMessage().getName()).isIn(MESSAGES));
		assertThat(model.getModelElementsByType(ErrorEventDefinition.class))
			.allSatisfy((event) -> assertThat(event.getError().getErrorCode()).isIn("AGENT_FAILED", "SEND_WITHHELD",
					"CONTENT_REPLACED"));
		assertThat(Stream.concat(model.getModelElementsByType(Message.class).stream(),
				model.getModelElementsByType(Error.class).stream()))
			.as("messages and errors that nothing uses")
			.allMatch((definition) -> ModelFiles.text(file).contains("Ref=\"" + definition.getId() + "\""));
	}

	@ParameterizedTest
	@MethodSource("processes")
	void makesEveryWaitAVariable(Path file) {
		BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
		assertThat(model.getModelElementsByType(TimerEventDefinition.class)).allSatisfy((timer) -> {
			assertThat(timer.getTimeCycle()).isNull();
			ModelElementInstance time = (timer.getTimeDate() != null) ? timer.getTimeDate() : timer.getTimeDuration();
			assertThat(time.getTextContent()).matches(
					"\\$\\{(delay|secondDelay|thirdDelay|deferUntil|reviewDue|reviewExpiry|startAt|testUntil|copyUntil)}");
		});
	}

	@ParameterizedTest
	@MethodSource("processes")
	void handsEveryMessageWhatItNeeds(Path file) {
		BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
		for (CallActivity call : model.getModelElementsByType(CallActivity.class)) {
			Collection<CamundaIn> mappings = call.getExtensionElements()
				.getElementsQuery()
				.filterByType(CamundaIn.class)
				.list();
			assertThat(mappings).extracting(CamundaIn::getCamundaTarget)
				.contains("profileId", "runId", "topic", "template", "journey", "step");
			assertThat(mappings).extracting(CamundaIn::getCamundaBusinessKey)
				.contains("#{execution.processBusinessKey}");
			assertThat(mappings).noneMatch((mapping) -> mapping.getCamundaVariables() != null);
		}
	}

	/**
	 * What is handed on to a message, or waited for, must be there when a journey starts.
	 */
	@ParameterizedTest
	@MethodSource("processes")
	void namesTheVariablesThatAStartNeeds(Path file) {
		BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
		Set<String> read = Stream
			.concat(model.getModelElementsByType(CamundaIn.class).stream().map(CamundaIn::getCamundaSource),
					Stream.of("delay").filter((name) -> ModelFiles.text(file).contains("${" + name + "}")))
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
		List<String> required = model.getModelElementsByType(CamundaProperty.class)
			.stream()
			.filter((property) -> "requiredVariables".equals(property.getCamundaName()))
			.flatMap((property) -> Stream.of(property.getCamundaValue().split(", ")))
			.toList();
		assertThat(required).doesNotHaveDuplicates().containsAll(read);
		assertThat(key(file).equals("campaign")).as("campaign is started by its brief").isEqualTo(required.isEmpty());
	}

	@ParameterizedTest
	@MethodSource("processes")
	void statesTheWaitsAfterTheFirstMessage(Path file) {
		List<String> waited = Stream.of("secondDelay", "thirdDelay")
			.filter((name) -> ModelFiles.text(file).contains("${" + name + "}"))
			.toList();
		Map<String, String> stated = Bpmn.readModelFromFile(file.toFile())
			.getModelElementsByType(CamundaProperty.class)
			.stream()
			.filter((property) -> property.getCamundaName().endsWith("Delay"))
			.collect(Collectors.toMap(CamundaProperty::getCamundaName, CamundaProperty::getCamundaValue));
		assertThat(stated.keySet()).containsExactlyInAnyOrderElementsOf(waited);
		assertThat(stated.values()).allSatisfy((wait) -> assertThat(Duration.parse(wait)).isPositive());
	}

	@Test
	void namesStepsOfAJourneyOnce() {
		for (Path file : processes()) {
			List<String> steps = Bpmn.readModelFromFile(file.toFile())
				.getModelElementsByType(CamundaIn.class)
				.stream()
				.filter((mapping) -> "step".equals(mapping.getCamundaTarget()))
				.map(CamundaIn::getCamundaSourceExpression)
				.toList();
			assertThat(steps).as(file.toString()).doesNotHaveDuplicates();
		}
	}

	@Test
	void everyJourneyOfTheTriggerRulesExists() {
		Set<String> keys = processes().stream().map(ProcessModelTests::key).collect(Collectors.toSet());
		String table = ModelFiles.text(ModelFiles.table("trigger-rules"));
		Matcher journeys = Pattern.compile("_out_journey\"><text>\"([^\"]+)\"").matcher(table);
		Set<String> named = new HashSet<>();
		while (journeys.find()) {
			named.add(journeys.group(1));
		}
		assertThat(named).hasSize(4).isSubsetOf(keys);
	}

	@Test
	void keysOfTablesAreTheirFileNames() {
		for (Path file : ModelFiles.tables()) {
			assertThat(Dmn.readModelFromFile(file.toFile()).getModelElementsByType(Decision.class))
				.extracting(Decision::getId)
				.containsExactly(key(file));
		}
	}

	@Test
	void keysOfFormsAreTheirFileNames() throws JsonProcessingException {
		for (Path file : ModelFiles.forms()) {
			JsonNode form = JSON.readTree(ModelFiles.text(file));
			assertThat(form.path("id").asText()).isEqualTo(key(file));
			assertThat(form.path("schemaVersion").asInt()).isEqualTo(16);
		}
	}

	/** Components and the bean methods of configurations, as the engine can name them. */
	private static Set<String> journeyBeans() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(Component.class));
		return scanner.findCandidateComponents("io.waypost.journey")
			.stream()
			.flatMap((definition) -> names(definition.getBeanClassName()))
			.collect(Collectors.toSet());
	}

	private static Stream<String> names(String className) {
		try {
			Class<?> type = Class.forName(className, false, ProcessModelTests.class.getClassLoader());
			Component component = AnnotatedElementUtils.findMergedAnnotation(type, Component.class);
			String given = (component != null) ? component.value() : "";
			return Stream.concat(Stream.of(given.isEmpty() ? Introspector.decapitalize(type.getSimpleName()) : given),
					Stream.of(type.getDeclaredMethods())
						.filter((method) -> method.isAnnotationPresent(Bean.class))
						.map(Method::getName));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, String> inputs(ServiceTask task) {
		if (task.getExtensionElements() == null) {
			return Map.of();
		}
		return task.getExtensionElements()
			.getElementsQuery()
			.filterByType(CamundaInputOutput.class)
			.list()
			.stream()
			.flatMap((mapping) -> mapping.getCamundaInputParameters().stream())
			.collect(Collectors.toMap(CamundaInputParameter::getCamundaName, CamundaInputParameter::getTextContent));
	}

	private static Stream<String> beansNamedIn(BpmnModelInstance model) {
		return Stream.concat(
				model.getModelElementsByType(ServiceTask.class).stream().map(ServiceTask::getCamundaDelegateExpression),
				model.getModelElementsByType(CamundaTaskListener.class)
					.stream()
					.map(CamundaTaskListener::getCamundaDelegateExpression));
	}

	private static Process process(BpmnModelInstance model) {
		Collection<Process> processes = model.getModelElementsByType(Process.class);
		assertThat(processes).hasSize(1);
		return processes.iterator().next();
	}

	private static Set<String> ids(Stream<? extends ModelElementInstance> elements) {
		return elements.map((element) -> element.getAttributeValue("id")).collect(Collectors.toSet());
	}

	private static String key(Path file) {
		return file.getFileName().toString().replaceAll("\\.[a-z]+$", "");
	}

}
