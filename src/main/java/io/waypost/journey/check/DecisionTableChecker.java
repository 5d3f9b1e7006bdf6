package io.waypost.journey.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Finds the reasons why a decision table must not be deployed: it could run unknown code.
 */
public final class DecisionTableChecker {

	/**
	 * Checks one DMN model.
	 * @param model its XML
	 * @return the problems; empty for tables that may be deployed
	 */
	public List<ModelProblem> check(Document model) {
		List<ModelProblem> problems = new ArrayList<>();
		for (Element element : XmlElements.elements(model)) {
			checkLanguage(element, problems);
			checkLifetime(element, problems);
		}
		return problems;
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
