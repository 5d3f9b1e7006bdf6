package io.waypost.journey.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Refuses everything in a model that could run unknown code or reach beyond the named
 * steps. It works by lists of what is allowed.
 */
final class ModelSafetyCheck {

	private static final String ACTIVITI = "http://activiti.org/bpmn";

	private static final String DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI";

	private static final Set<String> ATTRIBUTES = Set.of("asyncBefore", "asyncAfter", "exclusive", "jobPriority",
			"historyTimeToLive", "versionTag", "isStartableInTasklist", "candidateStarterGroups", "formRef",
			"formRefBinding", "formRefVersion", "candidateGroups", "candidateUsers", "assignee", "dueDate",
			"followUpDate", "priority", "calledElementBinding", "calledElementVersion", "calledElementVersionTag",
			"decisionRef", "decisionRefBinding", "decisionRefVersion", "decisionRefVersionTag", "mapDecisionResult",
			"resultVariable", "delegateExpression", "initiator", "collection", "elementVariable", "errorCodeVariable",
			"errorMessageVariable", "modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon", "errorMessage");

	private static final Set<String> ELEMENTS = Set.of("inputOutput", "inputParameter", "outputParameter", "list",
			"value", "map", "entry", "taskListener", "in", "out", "failedJobRetryTimeCycle", "properties", "property");

	/**
	 * Attributes that name something; they must be constants, so that they can be
	 * checked.
	 */
	private static final Set<String> CONSTANT = Set.of("calledElement", "decisionRef", "formRef",
			"calledElementBinding", "decisionRefBinding", "formRefBinding", "historyTimeToLive", "versionTag",
			"resultVariable", "target", "elementVariable", "errorCodeVariable", "errorMessageVariable");

	/** Variables that only steps may write. */
	private static final Set<String> RESERVED = Set.of("route", "batch", "sendId", "attempt", "deferrals",
			"reviewDecision", "tenantId", "profileId", "runId", "campaignId", "chunk", "contentId");

	private static final Set<String> TASKS = Set.of("serviceTask", "sendTask", "businessRuleTask");

	private final List<ModelProblem> problems = new ArrayList<>();

	List<ModelProblem> run(Document model) {
		for (Element element : XmlElements.elements(model)) {
			if (!isDiagram(element)) {
				checkElement(element);
				checkAttributes(element);
				checkExpressions(element);
			}
		}
		return this.problems;
	}

	private static boolean isDiagram(Element element) {
		String namespaceUri = String.valueOf(element.getNamespaceURI());
		return namespaceUri.equals(DIAGRAM) || namespaceUri.contains("/DD/20100524/");
	}

	private void checkElement(Element element) {
		if (XmlElements.isModel(element, "scriptTask")) {
			refuse(element, "is a script task, which is not allowed; use a service task with an element template");
		}
		if (XmlElements.isModel(element, "conditionExpression") && element.hasAttribute("language")) {
			refuse(element, "has a condition in a scripting language; write it as ${…}");
		}
		if (ACTIVITI.equals(element.getNamespaceURI())) {
			refuse(element, "uses the activiti namespace; use camunda");
		}
		if (StepEffects.CAMUNDA.equals(element.getNamespaceURI())) {
			checkExtension(element);
		}
		if (XmlElements.isModel(element, "callActivity") && !element.hasAttribute("calledElement")) {
			refuse(element, "has no calledElement");
		}
	}

	private void checkExtension(Element element) {
		String name = element.getLocalName();
		if (!ELEMENTS.contains(name)) {
			refuse(element, "uses camunda:%s, which is not allowed".formatted(name));
		}
		if (name.equals("taskListener")) {
			checkBean(element, element.getAttribute("delegateExpression"), KnownBeans.TASK_LISTENERS);
		}
		if (name.equals("inputParameter") || name.equals("outputParameter")) {
			checkReserved(element, element.getAttribute("name"));
		}
		if (name.equals("out")) {
			checkReserved(element, element.getAttribute("target"));
			if (!element.getAttribute("variables").isEmpty()) {
				refuse(element, "maps all variables of the called process; list them one by one");
			}
		}
	}

	private void checkReserved(Element element, String variable) {
		if (RESERVED.contains(variable)) {
			refuse(element, "writes the variable '%s', which only steps may write".formatted(variable));
		}
	}

	private void checkAttributes(Element element) {
		for (Map.Entry<String, String> attribute : XmlElements.attributes(element, StepEffects.CAMUNDA).entrySet()) {
			String name = attribute.getKey();
			if (name.equals("type") || name.equals("topic")) {
				refuse(element, "is an external task (%s=\"%s\"), which is not supported".formatted(name,
						attribute.getValue()));
			}
			else if (!ATTRIBUTES.contains(name)) {
				refuse(element, "uses camunda:%s, which is not allowed; use camunda:delegateExpression with one of %s"
					.formatted(name, KnownBeans.STEPS));
			}
			else if (name.equals("delegateExpression")) {
				checkBean(element, attribute.getValue(), stepsFor(element));
			}
		}
		if (!XmlElements.attributes(element, ACTIVITI).isEmpty()) {
			refuse(element, "uses the activiti namespace; use camunda");
		}
	}

	private static Set<String> stepsFor(Element element) {
		return TASKS.contains(element.getLocalName()) ? KnownBeans.STEPS : Set.of();
	}

	private void checkBean(Element element, String expression, Set<String> known) {
		if (StepEffects.bean(expression).filter(known::contains).isEmpty()) {
			refuse(element,
					known.isEmpty() ? "uses '%s', which is allowed on service tasks only".formatted(expression)
							: "uses '%s', which is unknown; use one of %s, each written as ${name}"
								.formatted(expression, known));
		}
	}

	private void checkExpressions(Element element) {
		values(element).filter((value) -> !value.getKey().equals("delegateExpression"))
			.filter((value) -> ExpressionGrammar.isExpression(value.getValue()))
			.forEach((value) -> checkExpression(element, value.getKey(), value.getValue()));
	}

	private void checkExpression(Element element, String name, String text) {
		if (CONSTANT.contains(name)) {
			refuse(element, "has %s=\"%s\"; it must be a constant, not an expression".formatted(name, text));
			return;
		}
		ExpressionGrammar.problem(text).ifPresent((problem) -> refuse(element, problem));
	}

	/** All texts of an element that the engine might evaluate, without documentation. */
	private static Stream<Map.Entry<String, String>> values(Element element) {
		Stream<Map.Entry<String, String>> attributes = Stream.of("", StepEffects.CAMUNDA)
			.flatMap((namespaceUri) -> XmlElements.attributes(element, namespaceUri).entrySet().stream());
		boolean description = XmlElements.isModel(element, "documentation") || XmlElements.isModel(element, "text");
		return description ? attributes
				: Stream.concat(attributes, Stream.of(Map.entry("(text)", XmlElements.ownText(element))));
	}

	private void refuse(Element element, String reason) {
		this.problems.add(XmlElements.at(element, reason));
	}

}
