package io.waypost.journey.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Finds the reasons why a decision table must not be deployed: it could run unknown code.
 */
public final class DecisionTableChecker {

	private static final String MODEL = "https://www.omg.org/spec/DMN/";

	private static final String CAMUNDA = "http://camunda.org/schema/1.0/dmn";

	/** Positions and sizes of the drawing. */
	private static final List<String> DRAWING = List.of("https://www.omg.org/spec/DMN/", "http://www.omg.org/spec/DMN/",
			"http://www.omg.org/spec/DD/");

	/** Attributes of editors, of the schema and declarations of namespaces. */
	private static final List<String> ANNOTATIONS = List.of("http://bpmn.io/schema/dmn/",
			"http://camunda.org/schema/modeler/", "http://www.w3.org/2000/xmlns/",
			"http://www.w3.org/2001/XMLSchema-instance");

	private static final Set<String> ELEMENTS = Set.of("definitions", "description", "decision", "decisionTable",
			"input", "inputExpression", "inputValues", "output", "outputValues", "defaultOutputEntry", "rule",
			"inputEntry", "outputEntry", "annotation", "annotationEntry", "text", "question", "allowedAnswers",
			"informationRequirement", "requiredDecision", "requiredInput", "inputData", "variable", "textAnnotation",
			"association", "sourceRef", "targetRef");

	private static final Set<String> ATTRIBUTES = Set.of("id", "name", "label", "namespace", "exporter",
			"exporterVersion", "hitPolicy", "aggregation", "preferredOrientation", "outputLabel", "typeRef", "href",
			"expressionLanguage", "typeLanguage", "textFormat", "associationDirection");

	private static final Set<String> CAMUNDA_ATTRIBUTES = Set.of("historyTimeToLive", "versionTag", "inputVariable");

	/**
	 * Checks one DMN model.
	 * @param model its XML
	 * @return the problems; empty for tables that may be deployed
	 */
	public List<ModelProblem> check(Document model) {
		List<ModelProblem> problems = new ArrayList<>();
		for (Element element : XmlElements.elements(model)) {
			checkVocabulary(element, problems);
			checkLanguage(element, problems);
			checkLifetime(element, problems);
		}
		return problems;
	}

	private static void checkVocabulary(Element element, List<ModelProblem> problems) {
		String namespaceUri = String.valueOf(element.getNamespaceURI());
		boolean model = namespaceUri.startsWith(MODEL) && namespaceUri.endsWith("MODEL/")
				|| namespaceUri.equals("http://www.omg.org/spec/DMN/20151101/dmn.xsd");
		boolean drawing = DRAWING.stream().anyMatch(namespaceUri::startsWith) && !namespaceUri.endsWith("MODEL/");
		if (!drawing && !(model && ELEMENTS.contains(element.getLocalName()))) {
			problems.add(at(element, "is or contains <%s>, which is not allowed".formatted(element.getTagName())));
		}
		for (Attr attribute : XmlElements.attributes(element)) {
			if (model && !isKnown(attribute)) {
				problems.add(at(element, "uses the attribute %s=\"%s\" on <%s>, which is not allowed"
					.formatted(attribute.getName(), attribute.getValue(), element.getTagName())));
			}
		}
	}

	private static boolean isKnown(Attr attribute) {
		String namespaceUri = (attribute.getNamespaceURI() != null) ? attribute.getNamespaceURI() : "";
		return switch (namespaceUri) {
			case "" -> ATTRIBUTES.contains(attribute.getLocalName());
			case CAMUNDA -> CAMUNDA_ATTRIBUTES.contains(attribute.getLocalName());
			default -> ANNOTATIONS.stream().anyMatch(namespaceUri::startsWith);
		};
	}

	/** Allows FEEL only; the other languages of the engine can call Java. */
	private static void checkLanguage(Element element, List<ModelProblem> problems) {
		String language = element.getAttribute("expressionLanguage").toLowerCase(Locale.ROOT);
		boolean feel = language.isEmpty() || language.equals("feel") || language.endsWith("/feel/")
				|| language.startsWith("http://www.omg.org/spec/feel/");
		if (!feel) {
			problems.add(at(element, "is written in '%s'; only FEEL is allowed".formatted(language)));
		}
	}

	private static void checkLifetime(Element element, List<ModelProblem> problems) {
		if ("decision".equals(element.getLocalName())
				&& element.getAttributeNS("http://camunda.org/schema/1.0/dmn", "historyTimeToLive").isBlank()) {
			problems.add(at(element, "has no history time to live; set it, for example P180D"));
		}
	}

	private static ModelProblem at(Element element, String reason) {
		Element owner = element;
		while (!owner.hasAttribute("id") && owner.getParentNode() instanceof Element parent) {
			owner = parent;
		}
		return new ModelProblem(owner.getAttribute("id"), owner.getAttribute("name"), reason);
	}

}
