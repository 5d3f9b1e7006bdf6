package io.waypost.console.journeys;

import java.util.List;
import java.util.Map;

import io.waypost.journey.JourneyDefinition;
import io.waypost.journey.Journeys;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Says for each journey where people are. */
@Component
public class JourneyListAssembler {

	private final Journeys journeys;

	private final DiagramElementNames names;

	JourneyListAssembler(Journeys journeys, DiagramElementNames names) {
		this.journeys = journeys;
		this.names = names;
	}

	public List<JourneyListItem> all(TenantId tenant) {
		return this.journeys.definitions(tenant)
			.stream()
			.map((journey) -> row(journey, this.journeys.runningByActivity(tenant, journey.key())))
			.toList();
	}

	/** People on their way in journeys; what a journey calls counts nobody twice. */
	public long people(TenantId tenant) {
		return this.journeys.running(tenant).values().stream().mapToLong(Long::longValue).sum();
	}

	JourneyListItem row(JourneyDefinition journey, Map<String, Long> counts) {
		Map<String, String> elements = this.names.of(journey.id());
		long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
		List<JourneyListItem.ElementCount> places = counts.entrySet()
			.stream()
			.filter((entry) -> elements.containsKey(entry.getKey()))
			.map((entry) -> new JourneyListItem.ElementCount(entry.getKey(), elements.getOrDefault(entry.getKey(), ""),
					entry.getValue(), most))
			.toList();
		String tag = (journey.versionTag() != null) ? " (" + journey.versionTag() + ")" : "";
		return new JourneyListItem(journey.key(), ProcessDiagrams.name(journey), "Version " + journey.version() + tag,
				journey.running(), places);
	}

}
