package io.waypost.console.journeys;

import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import io.waypost.journey.Journeys;

import org.springframework.stereotype.Component;

/** The names analysts gave to the elements of a diagram. */
@Component
public class DiagramElementNames {

	private final Journeys journeys;

	/** A deployed version never changes; there are as many entries as deployments. */
	private final Map<String, Map<String, String>> known = new ConcurrentHashMap<>();

	DiagramElementNames(Journeys journeys) {
		this.journeys = journeys;
	}

	/**
	 * Reads the names of one version.
	 * @param definitionId which version
	 * @return element id to name; elements without a name are absent
	 */
	public Map<String, String> of(String definitionId) {
		return this.known.computeIfAbsent(definitionId,
				(id) -> this.journeys.diagram(id).map(DiagramElementNames::read).orElse(Map.of()));
	}

	static Map<String, String> read(String xml) {
		XMLInputFactory factory = XMLInputFactory.newFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		Map<String, String> names = new HashMap<>();
		Set<String> gateways = new LinkedHashSet<>();
		Map<String, Set<String>> behind = new HashMap<>();
		try {
			XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
			while (reader.hasNext()) {
				if (reader.next() == XMLStreamReader.START_ELEMENT) {
					String id = reader.getAttributeValue(null, "id");
					String name = reader.getAttributeValue(null, "name");
					if (id != null && name != null && !name.isBlank()) {
						names.put(id, name.replaceAll("\\s+", " "));
					}
					note(reader, gateways, behind);
				}
			}
			nameGateways(gateways, behind, names);
			return Map.copyOf(names);
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("A deployed diagram is not XML", ex);
		}
	}

	/**
	 * Notes what comes behind what, and which gateways wait for the first of several
	 * events.
	 */
	private static void note(XMLStreamReader reader, Set<String> gateways, Map<String, Set<String>> behind) {
		switch (reader.getLocalName()) {
			case "eventBasedGateway" -> gateways.add(reader.getAttributeValue(null, "id"));
			case "sequenceFlow" ->
				behind.computeIfAbsent(reader.getAttributeValue(null, "sourceRef"), (source) -> new LinkedHashSet<>())
					.add(reader.getAttributeValue(null, "targetRef"));
			default -> {
			}
		}
	}

	/** Analysts name the events, not the gateway at which people wait for them. */
	private static void nameGateways(Set<String> gateways, Map<String, Set<String>> behind, Map<String, String> names) {
		for (String gateway : gateways) {
			String name = behind.getOrDefault(gateway, Set.of())
				.stream()
				.filter(names::containsKey)
				.map(names::get)
				.collect(Collectors.joining(" or "));
			if (!name.isEmpty()) {
				names.putIfAbsent(gateway, name);
			}
		}
	}

}
