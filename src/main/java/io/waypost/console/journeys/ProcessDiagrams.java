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

/** Makes BPMN diagrams with marked elements. */
@Component
public class ProcessDiagrams {

	private final Journeys journeys;

	private final DiagramElementNames names;

	private final Labels labels;

	ProcessDiagrams(Journeys journeys, DiagramElementNames names, Labels labels) {
		this.journeys = journeys;
		this.names = names;
		this.labels = labels;
	}

	/** Makes a diagram of a run's path for each process that the run passed. */
	public List<ProcessDiagram> path(TenantId tenant, JourneyRunId run) {
		return this.journeys.path(tenant, run).stream().map((path) -> path(tenant, path)).toList();
	}

	/** Makes a journey's diagram with the number of profiles per element. */
	ProcessDiagram counts(JourneyDefinition journey, Map<String, Long> counts) {
		String pairs = counts.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + ":" + entry.getValue())
			.collect(Collectors.joining(","));
		return new ProcessDiagram(name(journey), this.labels.text("version", journey.version()),
				this.labels.text("diagram.counts.description", name(journey)), href(journey.id()), "",
				String.join(",", counts.keySet()), pairs);
	}

	static String name(JourneyDefinition journey) {
		return (journey.name() != null) ? journey.name() : Labels.humanise(journey.key());
	}

	private ProcessDiagram path(TenantId tenant, JourneyPath path) {
		Map<String, String> elements = this.names.of(tenant, path.definitionId());
		String passed = new LinkedHashSet<>(path.activities()).stream()
			.map((id) -> elements.getOrDefault(id, ""))
			.filter((name) -> !name.isEmpty())
			.collect(Collectors.joining(", then "));
		return new ProcessDiagram(elements.getOrDefault(path.key(), Labels.humanise(path.key())),
				version(path.definitionId()), this.labels.text("diagram.path.description", passed),
				href(path.definitionId()), String.join(",", new LinkedHashSet<>(path.activities())),
				String.join(",", path.active()), "");
	}

	/** The engine's ids begin with {@code key:version:}. */
	private String version(String definitionId) {
		List<String> parts = List.of(definitionId.split(":", 3));
		return (parts.size() == 3) ? this.labels.text("version", parts.get(1)) : "";
	}

	public static String href(String definitionId) {
		return UriComponentsBuilder.fromPath("/diagrams/{id}").build(definitionId).toString();
	}

}
