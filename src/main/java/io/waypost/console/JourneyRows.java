package io.waypost.console;

import java.util.List;
import java.util.Map;

import io.waypost.journey.JourneyDefinition;
import io.waypost.journey.Journeys;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Says for each journey where people are. */
@Component
class JourneyRows {

	private final Journeys journeys;

	private final DiagramNames names;

	JourneyRows(Journeys journeys, DiagramNames names) {
		this.journeys = journeys;
		this.names = names;
	}

	List<JourneyRow> all(TenantId tenant) {
		return this.journeys.definitions(tenant)
			.stream()
			.map((journey) -> row(journey, this.journeys.runningByActivity(tenant, journey.key())))
			.toList();
	}

	/** People on their way in journeys; what a journey calls counts nobody twice. */
	long people(TenantId tenant) {
		return this.journeys.running(tenant).values().stream().mapToLong(Long::longValue).sum();
	}

	JourneyRow row(JourneyDefinition journey, Map<String, Long> counts) {
		Map<String, String> elements = this.names.of(journey.id());
		long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
		List<JourneyRow.Place> places = counts.entrySet()
			.stream()
			.filter((entry) -> elements.containsKey(entry.getKey()))
			.map((entry) -> new JourneyRow.Place(entry.getKey(), elements.getOrDefault(entry.getKey(), ""),
					entry.getValue(), most))
			.toList();
		String tag = (journey.versionTag() != null) ? " (" + journey.versionTag() + ")" : "";
		return new JourneyRow(journey.key(), Pictures.name(journey), "Version " + journey.version() + tag,
				journey.running(), places);
	}

}
