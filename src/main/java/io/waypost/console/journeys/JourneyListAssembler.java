package io.waypost.console.journeys;

import java.util.List;
import java.util.Map;

import io.waypost.console.Labels;
import io.waypost.journey.JourneyDefinition;
import io.waypost.journey.Journeys;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Assembles the list of journeys with the number of profiles per element. */
@Component
public class JourneyListAssembler {

	private final Journeys journeys;

	private final DiagramElementNames names;

	private final Labels labels;

	JourneyListAssembler(Journeys journeys, DiagramElementNames names, Labels labels) {
		this.journeys = journeys;
		this.names = names;
		this.labels = labels;
	}

	public List<JourneyListItem> all(TenantId tenant) {
		return this.journeys.definitions(tenant)
			.stream()
			.map((journey) -> row(tenant, journey, this.journeys.runningByActivity(tenant, journey.key())))
			.toList();
	}

	/** Counts running instances; called processes are not counted again. */
	public long running(TenantId tenant) {
		return this.journeys.running(tenant).values().stream().mapToLong(Long::longValue).sum();
	}

	JourneyListItem row(TenantId tenant, JourneyDefinition journey, Map<String, Long> counts) {
		Map<String, String> elements = this.names.of(tenant, journey.id());
		long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
		List<JourneyListItem.ElementCount> positions = counts.entrySet()
			.stream()
			.filter((entry) -> elements.containsKey(entry.getKey()))
			.map((entry) -> new JourneyListItem.ElementCount(entry.getKey(), elements.getOrDefault(entry.getKey(), ""),
					entry.getValue(), most))
			.toList();
		String tag = (journey.versionTag() != null) ? " (" + journey.versionTag() + ")" : "";
		return new JourneyListItem(journey.key(), ProcessDiagrams.name(journey),
				this.labels.text("version", journey.version()) + tag, journey.running(), positions);
	}

}
