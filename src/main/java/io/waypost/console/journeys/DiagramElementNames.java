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
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Names of the elements of a BPMN diagram. */
@Component
public class DiagramElementNames {

	private final Journeys journeys;

	/**
	 * One entry per deployed version; a version never changes, so entries do not expire.
	 */
	private final Map<TenantVersion, Map<String, String>> namesByVersion = new ConcurrentHashMap<>();

	DiagramElementNames(Journeys journeys) {
		this.journeys = journeys;
	}

	/**
	 * Reads the element names of one version.
	 * @param tenant the tenant that may see the version
	 * @param definitionId id of the version
	 * @return element id to name; elements without a name are absent
	 */
	public Map<String, String> of(TenantId tenant, String definitionId) {
		return this.namesByVersion.computeIfAbsent(new TenantVersion(tenant, definitionId),
				(key) -> this.journeys.diagram(tenant, definitionId).map(DiagramElementNames::read).orElse(Map.of()));
	}

	static Map<String, String> read(String xml) {
		XMLInputFactory factory = XMLInputFactory.newFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		Map<String, String> names = new HashMap<>();
		Set<String> gateways = new LinkedHashSet<>();
		Map<String, Set<String>> targets = new HashMap<>();
		try {
			XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
			while (reader.hasNext()) {
				if (reader.next() == XMLStreamReader.START_ELEMENT) {
					String id = reader.getAttributeValue(null, "id");
					String name = reader.getAttributeValue(null, "name");
					if (id != null && name != null && !name.isBlank()) {
						names.put(id, name.replaceAll("\\s+", " "));
					}
					collect(reader, gateways, targets);
				}
			}
			nameGateways(gateways, targets, names);
			return Map.copyOf(names);
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("A deployed BPMN model is not well-formed XML", ex);
		}
	}

	/**
	 * Collects the targets of each element and the event-based gateways.
	 */
	private static void collect(XMLStreamReader reader, Set<String> gateways, Map<String, Set<String>> targets) {
		switch (reader.getLocalName()) {
			case "eventBasedGateway" -> gateways.add(reader.getAttributeValue(null, "id"));
			case "sequenceFlow" ->
				targets.computeIfAbsent(reader.getAttributeValue(null, "sourceRef"), (source) -> new LinkedHashSet<>())
					.add(reader.getAttributeValue(null, "targetRef"));
			default -> {
			}
		}
	}

	/** Names an unnamed event-based gateway by the events that it waits for. */
	private static void nameGateways(Set<String> gateways, Map<String, Set<String>> targets,
			Map<String, String> names) {
		for (String gateway : gateways) {
			String name = targets.getOrDefault(gateway, Set.of())
				.stream()
				.filter(names::containsKey)
				.map(names::get)
				.collect(Collectors.joining(" or "));
			if (!name.isEmpty()) {
				names.putIfAbsent(gateway, name);
			}
		}
	}

	private record TenantVersion(TenantId tenant, String definitionId) {

	}

}
