package io.waypost.journey.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads the XML elements of a model in any namespace. */
final class XmlElements {

	private static final String MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL";

	private static final Set<String> PARTS = Set.of("conditionExpression", "timeDuration", "timeDate", "timeCycle",
			"condition", "completionCondition", "loopCardinality", "script", "extensionElements", "documentation");

	private XmlElements() {
	}

	static List<Element> elements(Document document) {
		List<Element> found = new ArrayList<>();
		collect(document.getDocumentElement(), found);
		return found;
	}

	static List<Element> children(Element element) {
		List<Element> children = new ArrayList<>();
		for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
			if (child instanceof Element inner) {
				children.add(inner);
			}
		}
		return children;
	}

	/** Attributes in the order of the document, without namespace declarations. */
	static List<Attr> attributes(Element element) {
		List<Attr> found = new ArrayList<>();
		for (int index = 0; index < element.getAttributes().getLength(); index++) {
			found.add((Attr) element.getAttributes().item(index));
		}
		return found;
	}

	/** Attributes of a namespace; the empty namespace has those without a prefix. */
	static Map<String, String> attributes(Element element, String namespace) {
		Map<String, String> found = new TreeMap<>();
		for (int index = 0; index < element.getAttributes().getLength(); index++) {
			Node attribute = element.getAttributes().item(index);
			String attributeNamespace = (attribute.getNamespaceURI() != null) ? attribute.getNamespaceURI() : "";
			if (attributeNamespace.equals(namespace)) {
				found.put(attribute.getLocalName(), attribute.getNodeValue());
			}
		}
		return found;
	}

	static boolean is(Element element, String namespace, String name) {
		return name.equals(element.getLocalName()) && namespace.equals(element.getNamespaceURI());
	}

	static boolean isModel(Element element, String name) {
		return is(element, MODEL, name);
	}

	/** Text of the element itself, without that of its children. */
	static String ownText(Element element) {
		StringBuilder text = new StringBuilder();
		for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
			if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
				text.append(child.getNodeValue());
			}
		}
		return text.toString();
	}

	/** A problem at the nearest element of the diagram. */
	static ModelProblem at(Element element, String reason) {
		Node node = element;
		while (node instanceof Element owner) {
			boolean visible = MODEL.equals(owner.getNamespaceURI());
			if (owner.hasAttribute("id") && visible && !isPart(owner.getLocalName())) {
				return new ModelProblem(owner.getAttribute("id"), owner.getAttribute("name"), reason);
			}
			node = node.getParentNode();
		}
		return new ModelProblem("definitions", "", reason);
	}

	/**
	 * Whether an element is a part of another, with an id that is not visible in the
	 * diagram.
	 */
	private static boolean isPart(String name) {
		return PARTS.contains(name) || name.endsWith("EventDefinition") || name.endsWith("LoopCharacteristics");
	}

	private static void collect(Element element, List<Element> found) {
		found.add(element);
		children(element).forEach((inner) -> collect(inner, found));
	}

}
