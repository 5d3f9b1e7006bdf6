package io.waypost.console.journeys;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.waypost.console.Labels;
import io.waypost.journey.JourneyDefinition;
import io.waypost.journey.JourneyPath;
import io.waypost.journey.Journeys;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Draws marks on process pictures. */
@Component
public class ProcessDiagrams {

	private final Journeys journeys;

	private final DiagramElementNames names;

	ProcessDiagrams(Journeys journeys, DiagramElementNames names) {
		this.journeys = journeys;
		this.names = names;
	}

	/** The way one run took, a picture for each process it went through. */
	public List<ProcessDiagram> path(TenantId tenant, JourneyRunId run) {
		return this.journeys.path(tenant, run).stream().map(this::path).toList();
	}

	/** Where people are in a journey now. */
	ProcessDiagram counts(JourneyDefinition journey, Map<String, Long> counts) {
		String pairs = counts.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + ":" + entry.getValue())
			.collect(Collectors.joining(","));
		return new ProcessDiagram(name(journey), "Version " + journey.version(),
				"Process picture of " + name(journey) + " with the number of people at each element",
				href(journey.id()), "", String.join(",", counts.keySet()), pairs);
	}

	static String name(JourneyDefinition journey) {
		return (journey.name() != null) ? journey.name() : Labels.humanise(journey.key());
	}

	private ProcessDiagram path(JourneyPath path) {
		Map<String, String> elements = this.names.of(path.definitionId());
		String passed = new LinkedHashSet<>(path.activities()).stream()
			.map((id) -> elements.getOrDefault(id, ""))
			.filter((name) -> !name.isEmpty())
			.collect(Collectors.joining(", then "));
		return new ProcessDiagram(elements.getOrDefault(path.key(), Labels.humanise(path.key())),
				version(path.definitionId()), "Way taken: " + passed, href(path.definitionId()),
				String.join(",", new LinkedHashSet<>(path.activities())), String.join(",", path.active()), "");
	}

	/** The engine's ids begin {@code key:version:}. */
	private static String version(String definitionId) {
		List<String> parts = List.of(definitionId.split(":", 3));
		return (parts.size() == 3) ? "version " + parts.get(1) : "";
	}

	public static String href(String definitionId) {
		return UriComponentsBuilder.fromPath("/diagrams/{id}").build(definitionId).toString();
	}

}
