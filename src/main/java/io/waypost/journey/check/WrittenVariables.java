package io.waypost.journey.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.w3c.dom.Element;

/**
 * Finds the variables that a model writes, by every construct of the engine that can
 * write one, and refuses names that only steps may write and names that are written
 * twice. The engine takes the last of two equal names.
 */
final class WrittenVariables {

	/** Variables that only steps may write. */
	static final Set<String> RESERVED = Set.of("route", "batch", "sendId", "sendStatus", "attempt", "deferrals",
			"reviewDecision", "tenantId", "profileId", "runId", "campaignId", "chunk", "contentId", "flagged",
			"reviewExpiry", "testUntil", "copyUntil", "deferUntil");

	/** Ids that a call passes to the called process under their own names. */
	private static final Set<String> PASSED_ON = Set.of("tenantId", "profileId", "runId", "campaignId", "chunk");

	private static final Set<String> WRITING_ATTRIBUTES = Set.of("resultVariable", "elementVariable",
			"errorCodeVariable", "errorMessageVariable", "escalationCodeVariable", "initiator");

	private static final Set<String> MAPPINGS = Set.of("inputParameter", "outputParameter", "in", "out");

	private static final Set<String> SINGLE = Set.of("extensionElements", "inputOutput", "conditionExpression",
			"condition", "timeDate", "timeDuration", "timeCycle", "loopCardinality", "completionCondition",
			"multiInstanceLoopCharacteristics", "failedJobRetryTimeCycle");

	private WrittenVariables() {
	}

	static List<String> problems(Element element) {
		List<String> problems = new ArrayList<>(repeated(element));
		XmlElements.attributes(element, StepEffects.CAMUNDA).forEach((attribute, variable) -> {
			if (WRITING_ATTRIBUTES.contains(attribute) && !isContentOfReview(element, attribute, variable)) {
				reserved(variable, problems);
			}
		});
		if (StepEffects.CAMUNDA.equals(element.getNamespaceURI())) {
			checkMapping(element, problems);
		}
		return problems;
	}

	private static void checkMapping(Element element, List<String> problems) {
		switch (element.getLocalName()) {
			case "inputParameter", "outputParameter" -> reserved(element.getAttribute("name"), problems);
			case "out" -> checkOut(element, problems);
			case "in" -> checkIn(element, problems);
			default -> {
			}
		}
	}

	private static void checkOut(Element out, List<String> problems) {
		reserved(out.getAttribute("target"), problems);
		if (!out.getAttribute("variables").isEmpty()) {
			problems.add("maps all variables of the called process; list them one by one");
		}
	}

	private static void checkIn(Element in, List<String> problems) {
		String target = in.getAttribute("target");
		boolean passedOn = PASSED_ON.contains(target) && target.equals(in.getAttribute("source"))
				&& !in.hasAttribute("sourceExpression");
		if (!passedOn) {
			reserved(target, problems);
		}
		if (!in.getAttribute("variables").isEmpty()) {
			problems.add("passes all variables to the called process; list them one by one");
		}
	}

	/** The review of a campaign creates one task for each flagged content. */
	private static boolean isContentOfReview(Element element, String attribute, String variable) {
		return attribute.equals("elementVariable") && variable.equals("contentId")
				&& "flagged".equals(XmlElements.attributes(element, StepEffects.CAMUNDA).get("collection"));
	}

	private static void reserved(String variable, List<String> problems) {
		if (RESERVED.contains(variable.strip())) {
			problems.add("writes the variable '%s', which only steps may write".formatted(variable));
		}
	}

	/** Children that may occur once, and names that children may use once. */
	private static List<String> repeated(Element element) {
		List<String> problems = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (Element child : XmlElements.children(element)) {
			String name = child.getLocalName();
			if (SINGLE.contains(name) && !seen.add(name)) {
				problems.add("has <%s> twice".formatted(child.getTagName()));
			}
			for (Map.Entry<String, String> key : keys(child).entrySet()) {
				if (!seen.add(name + " " + key.getKey() + " " + key.getValue())) {
					problems.add("has <%s %s=\"%s\"> twice; the engine would use the last one"
						.formatted(child.getTagName(), key.getKey(), key.getValue()));
				}
			}
		}
		return problems;
	}

	private static Map<String, String> keys(Element child) {
		String name = child.getLocalName();
		boolean mapping = MAPPINGS.contains(name) && StepEffects.CAMUNDA.equals(child.getNamespaceURI());
		String key = name.equals("in") || name.equals("out") ? "target" : name.equals("entry") ? "key" : "name";
		return (mapping || name.equals("entry")) && child.hasAttribute(key) ? Map.of(key, child.getAttribute(key))
				: Map.of();
	}

}
