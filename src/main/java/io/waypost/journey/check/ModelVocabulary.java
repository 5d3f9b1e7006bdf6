package io.waypost.journey.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/**
 * The elements and attributes that a model may use. It is a list of what is allowed: the
 * checker refuses every other element and attribute, in every namespace. The engine finds
 * elements by their local name, so an element of an unknown namespace is not harmless.
 */
final class ModelVocabulary {

	private static final String MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL";

	private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

	private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

	private static final String MODELER = "http://camunda.org/schema/modeler/1.0";

	private static final Set<String> DIAGRAM = Set.of("http://www.omg.org/spec/BPMN/20100524/DI",
			"http://www.omg.org/spec/DD/20100524/DI", "http://www.omg.org/spec/DD/20100524/DC");

	/** Colours of Camunda Modeler, in the diagram only. */
	private static final Set<String> COLOURS = Set.of("http://bpmn.io/schema/bpmn/biocolor/1.0",
			"http://www.omg.org/spec/BPMN/non-normative/color/1.0");

	private static final Set<String> EXPRESSION_TYPES = Set.of("tFormalExpression", "tExpression");

	/** Elements that hold an expression. */
	private static final Set<String> EXPRESSIONS = Set.of("conditionExpression", "condition", "timeDate",
			"timeDuration", "timeCycle", "loopCardinality", "completionCondition");

	/**
	 * Attributes that the BPMN schema adds when a model is read, with the values that it
	 * adds. Other values are refused.
	 */
	private static final Map<String, Set<String>> DEFAULTS = Map.ofEntries(
			Map.entry("expressionLanguage", Set.of("http://www.w3.org/1999/XPath")),
			Map.entry("typeLanguage", Set.of("http://www.w3.org/2001/XMLSchema")),
			Map.entry("parallelMultiple", Set.of("false")), Map.entry("completionQuantity", Set.of("1")),
			Map.entry("startQuantity", Set.of("1")),
			Map.entry("implementation", Set.of("##WebService", "##unspecified")),
			Map.entry("eventGatewayType", Set.of("Exclusive")), Map.entry("instantiate", Set.of("false")),
			Map.entry("isForCompensation", Set.of("false")), Map.entry("behavior", Set.of("All")),
			Map.entry("isUnlimited", Set.of("true")));

	private static final Map<String, Set<String>> BPMN = bpmn();

	private static final Map<String, Set<String>> CAMUNDA = Map.ofEntries(Map.entry("inputOutput", Set.of()),
			Map.entry("inputParameter", Set.of("name")), Map.entry("outputParameter", Set.of("name")),
			Map.entry("list", Set.of()), Map.entry("value", Set.of()), Map.entry("map", Set.of()),
			Map.entry("entry", Set.of("key")), Map.entry("taskListener", Set.of("delegateExpression", "event", "id")),
			Map.entry("in", Set.of("source", "sourceExpression", "target", "variables", "businessKey", "local")),
			Map.entry("out", Set.of("source", "sourceExpression", "target", "variables", "local")),
			Map.entry("failedJobRetryTimeCycle", Set.of()), Map.entry("properties", Set.of()),
			Map.entry("property", Set.of("name", "value", "id")));

	private static final Map<String, Set<String>> DIAGRAM_ELEMENTS = Map.of("BPMNDiagram",
			Set.of("id", "name", "documentation", "resolution"), "BPMNPlane", Set.of("id", "bpmnElement"), "BPMNShape",
			Set.of("id", "bpmnElement", "isHorizontal", "isExpanded", "isMarkerVisible", "isMessageVisible"),
			"BPMNEdge", Set.of("id", "bpmnElement", "sourceElement", "targetElement", "messageVisibleKind"),
			"BPMNLabel", Set.of("id", "labelStyle"), "BPMNLabelStyle", Set.of("id"), "Font",
			Set.of("name", "size", "isBold", "isItalic", "isUnderline", "isStrikeThrough"), "Bounds",
			Set.of("x", "y", "width", "height"), "waypoint", Set.of("x", "y"));

	/**
	 * Attributes of the camunda namespace; the checker restricts some of them further.
	 */
	private static final Set<String> CAMUNDA_ATTRIBUTES = Set.of("asyncBefore", "asyncAfter", "exclusive",
			"jobPriority", "historyTimeToLive", "versionTag", "isStartableInTasklist", "candidateStarterGroups",
			"formRef", "formRefBinding", "formRefVersion", "candidateGroups", "candidateUsers", "assignee", "dueDate",
			"followUpDate", "priority", "calledElementBinding", "calledElementVersion", "calledElementVersionTag",
			"decisionRef", "decisionRefBinding", "decisionRefVersion", "decisionRefVersionTag", "mapDecisionResult",
			"resultVariable", "delegateExpression", "initiator", "collection", "elementVariable", "errorCodeVariable",
			"errorMessageVariable", "escalationCodeVariable", "variableName", "variableEvents", "modelerTemplate",
			"modelerTemplateVersion", "modelerTemplateIcon", "errorMessage");

	private ModelVocabulary() {
	}

	/** Whether the element belongs to the drawing and not to the process. */
	static boolean isDiagram(Element element) {
		return DIAGRAM.contains(namespace(element.getNamespaceURI()));
	}

	/** Why an element is refused; empty when it is allowed. */
	static Optional<String> problem(Element element) {
		return (allowed(element) != null) ? Optional.empty()
				: Optional.of("is or contains <%s>, which is not allowed".formatted(qualified(element)));
	}

	/** Why an attribute is refused; empty when it is allowed. */
	static Optional<String> problem(Element element, Attr attribute) {
		Set<String> own = allowed(element);
		if (own == null || XMLNS.equals(attribute.getNamespaceURI())) {
			return Optional.empty();
		}
		String name = attribute.getLocalName();
		boolean known = switch (namespace(attribute.getNamespaceURI())) {
			case "" -> own.contains(name) || DEFAULTS.getOrDefault(name, Set.of()).contains(attribute.getValue());
			case StepEffects.CAMUNDA -> MODEL.equals(element.getNamespaceURI()) && CAMUNDA_ATTRIBUTES.contains(name);
			case XSI -> isSchemaAttribute(element, name, attribute.getValue());
			case MODELER -> element.getLocalName().equals("definitions") && name.startsWith("executionPlatform");
			default -> isDiagram(element) && COLOURS.contains(attribute.getNamespaceURI());
		};
		if (!known && name.equals("language")) {
			return Optional.of("uses a scripting language (language=\"%s\"); write the expression as ${…}"
				.formatted(attribute.getValue()));
		}
		return known ? Optional.empty() : Optional.of("uses the attribute %s=\"%s\" on <%s>, which is not allowed"
			.formatted(attribute.getName(), attribute.getValue(), qualified(element)));
	}

	private static boolean isSchemaAttribute(Element element, String name, String value) {
		return switch (name) {
			case "schemaLocation" -> element.getLocalName().equals("definitions");
			case "type" -> MODEL.equals(element.getNamespaceURI()) && EXPRESSIONS.contains(element.getLocalName())
					&& EXPRESSION_TYPES.contains(value.strip().substring(value.strip().indexOf(':') + 1));
			default -> false;
		};
	}

	/** Attributes without a namespace of an allowed element; null when it is not. */
	private static @Nullable Set<String> allowed(Element element) {
		String name = element.getLocalName();
		return switch (namespace(element.getNamespaceURI())) {
			case MODEL -> BPMN.get(name);
			case StepEffects.CAMUNDA -> CAMUNDA.get(name);
			default -> isDiagram(element) ? DIAGRAM_ELEMENTS.get(name) : null;
		};
	}

	private static String namespace(@Nullable String uri) {
		return (uri != null) ? uri : "";
	}

	private static String qualified(Element element) {
		return element.getTagName();
	}

	private static Map<String, Set<String>> bpmn() {
		Map<String, Set<String>> known = new HashMap<>();
		known.put("definitions", Set.of("id", "name", "targetNamespace", "exporter", "exporterVersion"));
		known.put("process", Set.of("id", "name", "isExecutable", "processType", "isClosed"));
		known.put("documentation", Set.of("id", "textFormat"));
		Set.of("extensionElements", "incoming", "outgoing", "text", "flowNodeRef").forEach((name) -> {
			known.put(name, Set.of());
		});
		events(known);
		activities(known);
		gateways(known);
		participants(known);
		EXPRESSIONS.forEach((name) -> known.put(name, Set.of("id")));
		return Map.copyOf(known);
	}

	/**
	 * Compensation and transactions are missing on purpose: they run steps out of order.
	 */
	private static void events(Map<String, Set<String>> known) {
		known.put("startEvent", Set.of("id", "name", "isInterrupting"));
		Set.of("endEvent", "intermediateCatchEvent", "intermediateThrowEvent")
			.forEach((name) -> known.put(name, Set.of("id", "name")));
		known.put("boundaryEvent", Set.of("id", "name", "attachedToRef", "cancelActivity"));
		known.put("messageEventDefinition", Set.of("id", "messageRef"));
		known.put("signalEventDefinition", Set.of("id", "signalRef"));
		known.put("errorEventDefinition", Set.of("id", "errorRef"));
		known.put("escalationEventDefinition", Set.of("id", "escalationRef"));
		known.put("linkEventDefinition", Set.of("id", "name"));
		Set.of("timerEventDefinition", "conditionalEventDefinition", "terminateEventDefinition")
			.forEach((name) -> known.put(name, Set.of("id")));
		known.put("message", Set.of("id", "name"));
		known.put("signal", Set.of("id", "name"));
		known.put("error", Set.of("id", "name", "errorCode"));
		known.put("escalation", Set.of("id", "name", "escalationCode"));
	}

	private static void activities(Map<String, Set<String>> known) {
		Set.of("task", "manualTask", "userTask", "serviceTask", "sendTask", "businessRuleTask")
			.forEach((name) -> known.put(name, Set.of("id", "name", "default")));
		known.put("receiveTask", Set.of("id", "name", "default", "messageRef"));
		known.put("callActivity", Set.of("id", "name", "default", "calledElement"));
		known.put("subProcess", Set.of("id", "name", "default", "triggeredByEvent"));
		known.put("multiInstanceLoopCharacteristics", Set.of("id", "isSequential"));
	}

	private static void gateways(Map<String, Set<String>> known) {
		Set.of("exclusiveGateway", "inclusiveGateway")
			.forEach((name) -> known.put(name, Set.of("id", "name", "default", "gatewayDirection")));
		Set.of("parallelGateway", "eventBasedGateway")
			.forEach((name) -> known.put(name, Set.of("id", "name", "gatewayDirection")));
		known.put("sequenceFlow", Set.of("id", "name", "sourceRef", "targetRef"));
	}

	private static void participants(Map<String, Set<String>> known) {
		known.put("collaboration", Set.of("id", "name", "isClosed"));
		known.put("participant", Set.of("id", "name", "processRef"));
		known.put("participantMultiplicity", Set.of("id", "minimum", "maximum"));
		known.put("messageFlow", Set.of("id", "name", "sourceRef", "targetRef", "messageRef"));
		Set.of("laneSet", "childLaneSet", "lane", "dataObject", "dataStore")
			.forEach((name) -> known.put(name, Set.of("id", "name", "isCollection")));
		known.put("dataObjectReference", Set.of("id", "name", "dataObjectRef"));
		known.put("dataStoreReference", Set.of("id", "name", "dataStoreRef"));
		known.put("textAnnotation", Set.of("id", "textFormat"));
		known.put("association", Set.of("id", "sourceRef", "targetRef", "associationDirection"));
		known.put("group", Set.of("id", "categoryValueRef"));
		known.put("category", Set.of("id", "name"));
		known.put("categoryValue", Set.of("id", "value"));
	}

}
