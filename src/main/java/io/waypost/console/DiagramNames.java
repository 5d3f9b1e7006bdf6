package io.waypost.console;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.journey.Journeys;

import org.springframework.stereotype.Component;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The names analysts gave to the elements of a diagram. */
@Component
class DiagramNames {

	private final Journeys journeys;

	/** A deployed version never changes; there are as many entries as deployments. */
	private final Map<String, Map<String, String>> known = new ConcurrentHashMap<>();

	DiagramNames(Journeys journeys) {
		this.journeys = journeys;
	}

	/**
	 * Reads the names of one version.
	 * @param definitionId which version
	 * @return element id to name; elements without a name are absent
	 */
	Map<String, String> of(String definitionId) {
		return this.known.computeIfAbsent(definitionId,
				(id) -> this.journeys.diagram(id).map(DiagramNames::read).orElse(Map.of()));
	}

	private static Map<String, String> read(String xml) {
		XMLInputFactory factory = XMLInputFactory.newFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		Map<String, String> names = new HashMap<>();
		try {
			XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
			while (reader.hasNext()) {
				if (reader.next() == XMLStreamReader.START_ELEMENT) {
					String id = reader.getAttributeValue(null, "id");
					String name = reader.getAttributeValue(null, "name");
					if (id != null && name != null && !name.isBlank()) {
						names.put(id, name.replaceAll("\\s+", " "));
					}
				}
			}
			return Map.copyOf(names);
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("A deployed diagram is not XML", ex);
		}
	}

}
