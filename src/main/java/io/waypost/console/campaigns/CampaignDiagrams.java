package io.waypost.console.campaigns;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignProgress;
import io.waypost.console.Labels;
import io.waypost.console.journeys.DiagramElementNames;
import io.waypost.console.journeys.JourneyListItem;
import io.waypost.console.journeys.ProcessDiagram;
import io.waypost.console.journeys.ProcessDiagrams;
import io.waypost.journey.JourneyPath;
import io.waypost.journey.Journeys;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** BPMN diagrams of a campaign and its chunks, with the current position. */
@Component
class CampaignDiagrams {

	private static final String CHUNK = "campaign-chunk";

	/** Elements at which the campaign waits for its chunks. */
	private static final Set<String> WAITS_FOR_CHUNKS = Set.of("catchEvent_TestSent", "catchEvent_ChunksDone");

	private static final String CHUNKS_DONE = "endEvent_SendsQueued";

	private final Journeys journeys;

	private final DiagramElementNames names;

	private final Labels labels;

	CampaignDiagrams(Journeys journeys, DiagramElementNames names, Labels labels) {
		this.journeys = journeys;
		this.names = names;
		this.labels = labels;
	}

	/**
	 * Current position of a campaign.
	 *
	 * @param elements current BPMN elements
	 * @param diagrams marked diagrams
	 */
	record CampaignPosition(List<JourneyListItem.ElementCount> elements, List<ProcessDiagram> diagrams) {

	}

	CampaignPosition position(TenantId tenant, Campaign campaign, CampaignProgress progress) {
		if (campaign.launchedAt() == null) {
			return new CampaignPosition(List.of(), List.of());
		}
		Map<String, Map<String, Long>> tokens = this.journeys.tokensByBusinessKey(tenant, campaign.id().toString());
		List<ProcessDiagram> marks = new ArrayList<>();
		List<JourneyListItem.ElementCount> places = new ArrayList<>();
		for (JourneyPath path : this.journeys.path(tenant, new JourneyRunId(campaign.id().value()))) {
			Map<String, Long> here = tokens.getOrDefault(path.key(), Map.of());
			places.addAll(places(tenant, path.definitionId(), here));
			marks.add(campaign(tenant, path, here, progress));
		}
		Map<String, Long> chunks = tokens.getOrDefault(CHUNK, Map.of());
		this.journeys.newest(tenant, CHUNK).ifPresent((definition) -> {
			places.addAll(places(tenant, definition, chunks));
			marks.add(chunks(tenant, definition, chunks, progress));
		});
		return new CampaignPosition(places, marks);
	}

	private ProcessDiagram campaign(TenantId tenant, JourneyPath path, Map<String, Long> here,
			CampaignProgress progress) {
		Map<String, String> counts = new TreeMap<>();
		here.forEach((element, tokens) -> counts.put(element,
				WAITS_FOR_CHUNKS.contains(element)
						? this.labels.text("campaign.chunks", progress.chunksDone(), progress.chunks())
						: String.valueOf(tokens)));
		Set<String> passed = new LinkedHashSet<>(path.activities());
		passed.removeAll(here.keySet());
		return new ProcessDiagram(this.labels.text("campaign.diagram"), "",
				describe(tenant, "campaign.diagram", path.definitionId(), passed, here),
				ProcessDiagrams.href(path.definitionId()), String.join(",", passed), String.join(",", here.keySet()),
				pairs(counts));
	}

	private ProcessDiagram chunks(TenantId tenant, String definition, Map<String, Long> here,
			CampaignProgress progress) {
		Map<String, String> counts = new TreeMap<>();
		here.forEach((element, tokens) -> counts.put(element, String.valueOf(tokens)));
		Set<String> done = Set.of();
		if (progress.chunksDone() > 0) {
			counts.put(CHUNKS_DONE, this.labels.text("campaign.diagram.chunksDone", progress.chunksDone()));
			done = Set.of(CHUNKS_DONE);
		}
		return new ProcessDiagram(this.labels.text("campaign.diagram.chunks"), "",
				describe(tenant, "campaign.diagram.chunks", definition, done, here), ProcessDiagrams.href(definition),
				String.join(",", done), String.join(",", here.keySet()), pairs(counts));
	}

	private List<JourneyListItem.ElementCount> places(TenantId tenant, String definition, Map<String, Long> here) {
		Map<String, String> elements = this.names.of(tenant, definition);
		return here.entrySet()
			.stream()
			.filter((entry) -> elements.containsKey(entry.getKey()))
			.map((entry) -> new JourneyListItem.ElementCount(entry.getKey(), elements.getOrDefault(entry.getKey(), ""),
					entry.getValue(), entry.getValue()))
			.toList();
	}

	private String describe(TenantId tenant, String title, String definition, Set<String> passed,
			Map<String, Long> here) {
		Map<String, String> elements = this.names.of(tenant, definition);
		String path = names(elements, passed, ", ");
		String now = names(elements, here.keySet(), ", ");
		return this.labels.text("campaign.diagram.description", this.labels.text(title), orNone(path), orNone(now));
	}

	private String orNone(String names) {
		return names.isEmpty() ? this.labels.text("none") : names;
	}

	private static String names(Map<String, String> elements, Set<String> ids, String between) {
		return ids.stream()
			.map((id) -> elements.getOrDefault(id, ""))
			.filter((name) -> !name.isEmpty())
			.collect(Collectors.joining(between));
	}

	private static String pairs(Map<String, String> counts) {
		return counts.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + ":" + entry.getValue())
			.collect(Collectors.joining(","));
	}

}
