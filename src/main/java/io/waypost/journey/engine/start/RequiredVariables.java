package io.waypost.journey.engine.start;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a model which variables a process needs at its start. A start event lists
 * them in its extension property {@code requiredVariables}. For a model that does not,
 * they are those that its messages read and no element of the model writes.
 */
final class RequiredVariables {

	static final String PROPERTY = "requiredVariables";

	private static final String MESSAGE_PROCESS = "personalised-message";

	private static final Set<String> OF_MESSAGES = Set.of("profileId", "runId", "template", "topic");

	private final Set<String> read = new LinkedHashSet<>();

	private final Set<String> written = new HashSet<>();

	private RequiredVariables() {
	}

	/** Returns the names that a start event lists. */
	static List<String> declared(Element startEvent) {
		return properties(startEvent).filter((property) -> PROPERTY.equals(property.attribute("name")))
			.flatMap((property) -> Stream.of(property.attribute("value").split(",")))
			.map(String::strip)
			.filter((name) -> !name.isEmpty())
			.toList();
	}

	/** Returns the extension properties of a start event. */
	static Stream<Element> properties(Element startEvent) {
		return Stream.ofNullable(startEvent.element("extensionElements"))
			.map((extensions) -> extensions.elementNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "properties"))
			.filter(Objects::nonNull)
			.flatMap((properties) -> properties.elementsNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "property").stream());
	}

	/**
	 * Returns the names that the messages of a process read and the process does not
	 * write.
	 */
	static List<String> ofMessages(Element process) {
		RequiredVariables variables = new RequiredVariables();
		variables.visit(process, false);
		variables.read.removeAll(variables.written);
		return List.copyOf(variables.read);
	}

	private void visit(Element element, boolean inMessage) {
		boolean message = inMessage || MESSAGE_PROCESS.equals(element.attribute("calledElement"));
		switch (element.getTagName()) {
			case "in" -> readBy(element, message);
			case "out" -> addTo(this.written, element.attribute("target"));
			case "outputParameter" -> addTo(this.written, element.attribute("name"));
			default -> addTo(this.written, element.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "resultVariable"));
		}
		element.elements().forEach((child) -> visit(child, message));
	}

	private void readBy(Element mapping, boolean message) {
		if (!message) {
			return;
		}
		if ("all".equals(mapping.attribute("variables"))) {
			this.read.addAll(OF_MESSAGES);
		}
		else if (OF_MESSAGES.contains(Objects.requireNonNullElse(mapping.attribute("target"), ""))) {
			addTo(this.read, mapping.attribute("source"));
		}
	}

	private static void addTo(Set<String> names, @Nullable String name) {
		if (name != null && !name.isBlank()) {
			names.add(name);
		}
	}

}
