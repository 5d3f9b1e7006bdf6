package io.waypost.journey.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Refuses everything in a model that could run unknown code or reach beyond the named
 * steps. It works by lists of what is allowed.
 */
final class ModelSafetyCheck {

	/**
	 * Attributes that name something; they must be constants, so that they can be
	 * checked.
	 */
	private static final Set<String> CONSTANT = Set.of("calledElement", "decisionRef", "formRef",
			"calledElementBinding", "decisionRefBinding", "formRefBinding", "historyTimeToLive", "versionTag",
			"resultVariable", "target", "elementVariable", "errorCodeVariable", "errorMessageVariable",
			"escalationCodeVariable", "initiator", "variableName", "variableEvents", "decisionRefVersion",
			"decisionRefVersionTag", "calledElementVersion", "calledElementVersionTag", "formRefVersion");

	private static final Set<String> TASKS = Set.of("serviceTask", "sendTask", "businessRuleTask");

	private final List<ModelProblem> problems = new ArrayList<>();

	List<ModelProblem> run(Document model) {
		for (Element element : XmlElements.elements(model)) {
			Optional<String> unknown = ModelVocabulary.problem(element);
			unknown.ifPresent((problem) -> refuse(element, problem));
			if (unknown.isEmpty()) {
				checkAttributes(element);
				WrittenVariables.problems(element).forEach((problem) -> refuse(element, problem));
			}
			if (!ModelVocabulary.isDiagram(element)) {
				checkExpressions(element);
			}
		}
		return this.problems;
	}

	private void checkAttributes(Element element) {
		for (Attr attribute : XmlElements.attributes(element)) {
			ModelVocabulary.problem(element, attribute).ifPresent((problem) -> refuse(element, problem));
		}
		String implementation = XmlElements.attributes(element, StepEffects.CAMUNDA).get("delegateExpression");
		if (implementation != null) {
			checkBean(element, implementation, stepsFor(element));
		}
		if (XmlElements.is(element, StepEffects.CAMUNDA, "taskListener")) {
			checkBean(element, element.getAttribute("delegateExpression"), KnownBeans.TASK_LISTENERS);
		}
		if (XmlElements.isModel(element, "callActivity") && !element.hasAttribute("calledElement")) {
			refuse(element, "has no calledElement");
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
