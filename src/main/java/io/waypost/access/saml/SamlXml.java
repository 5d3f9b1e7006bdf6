package io.waypost.access.saml;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Reads SAML messages. No DTD, comment or processing instruction is accepted: providers
 * send none, and each is known from attacks. An id may occur once.
 */
final class SamlXml {

	static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";

	static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";

	static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

	static final String ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#";

	private static final int MAX_DEPTH = 50;

	private static final Set<String> IDS = Set.of("id", "assertionid", "requestid", "responseid");

	private SamlXml() {
	}

	/**
	 * Parses a message.
	 * @param xml the text
	 * @return the document
	 * @throws SamlRefusedException if it is malformed or contains what no provider sends
	 */
	static Document parse(String xml) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
			factory.setNamespaceAware(true);
			factory.setXIncludeAware(false);
			factory.setExpandEntityReferences(false);
			factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
			factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
			DocumentBuilder builder = factory.newDocumentBuilder();
			builder.setErrorHandler(null);
			Document document = builder.parse(new InputSource(new StringReader(xml)));
			requirePlain(document, 0, new HashSet<>());
			return document;
		}
		catch (SAXException | IOException ex) {
			throw new SamlRefusedException("The message is not XML without a DTD", ex);
		}
		catch (ParserConfigurationException ex) {
			throw new IllegalStateException("The XML parser of the JDK has no secure mode", ex);
		}
	}

	private static void requirePlain(Node node, int depth, Set<String> ids) {
		if (depth > MAX_DEPTH) {
			throw new SamlRefusedException("The message is nested deeper than %d elements".formatted(MAX_DEPTH));
		}
		for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
			switch (child.getNodeType()) {
				case Node.ELEMENT_NODE -> {
					requireNewIds((Element) child, ids);
					requirePlain(child, depth + 1, ids);
				}
				case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> {
					// content
				}
				default -> throw new SamlRefusedException("The message contains a comment or an instruction");
			}
		}
	}

	private static void requireNewIds(Element element, Set<String> ids) {
		NamedNodeMap attributes = element.getAttributes();
		for (int index = 0; index < attributes.getLength(); index++) {
			Attr attribute = (Attr) attributes.item(index);
			if (IDS.contains(attribute.getLocalName().toLowerCase(Locale.ROOT)) && !ids.add(attribute.getValue())) {
				throw new SamlRefusedException("The id '%s' occurs twice".formatted(attribute.getValue()));
			}
		}
	}

	/** Lists the child elements with a name. */
	static List<Element> children(Element parent, String namespace, String name) {
		List<Element> found = new ArrayList<>();
		for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
			if (child instanceof Element element && namespace.equals(element.getNamespaceURI())
					&& name.equals(element.getLocalName())) {
				found.add(element);
			}
		}
		return found;
	}

	/** Lists all child elements. */
	static List<Element> children(Element parent) {
		List<Element> found = new ArrayList<>();
		for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
			if (child instanceof Element element) {
				found.add(element);
			}
		}
		return found;
	}

	/**
	 * Returns the only child element with a name.
	 * @throws SamlRefusedException if there is none, or more than one
	 */
	static Element only(Element parent, String namespace, String name) {
		List<Element> found = children(parent, namespace, name);
		if (found.size() != 1) {
			throw new SamlRefusedException(
					"%s has %d elements %s instead of one".formatted(parent.getLocalName(), found.size(), name));
		}
		return found.getFirst();
	}

	/** Lists the elements with a name in the whole document. */
	static List<Element> all(Document document, String namespace, String name) {
		List<Element> found = new ArrayList<>();
		var nodes = document.getElementsByTagNameNS(namespace, name);
		for (int index = 0; index < nodes.getLength(); index++) {
			found.add((Element) nodes.item(index));
		}
		return found;
	}

}
