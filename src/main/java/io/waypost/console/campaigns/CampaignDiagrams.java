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
import io.waypost.console.journeys.DiagramElementNames;
import io.waypost.console.journeys.JourneyListItem;
import io.waypost.console.journeys.ProcessDiagram;
import io.waypost.console.journeys.ProcessDiagrams;
import io.waypost.journey.JourneyPath;
import io.waypost.journey.Journeys;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** A campaign on the picture of its process, and its chunks on theirs. */
@Component
class CampaignDiagrams {

	private static final String CHUNK = "campaign-chunk";

	/** Where the campaign waits for its chunks. */
	private static final Set<String> WAITS_FOR_CHUNKS = Set.of("catchEvent_TestSent", "catchEvent_ChunksDone");

	private static final String CHUNKS_DONE = "endEvent_SendsQueued";

	private final Journeys journeys;

	private final DiagramElementNames names;

	CampaignDiagrams(Journeys journeys, DiagramElementNames names) {
		this.journeys = journeys;
		this.names = names;
	}

	/**
	 * Where a campaign stands.
	 *
	 * @param places elements with tokens, by name
	 * @param marks what to mark on each picture
	 */
	record CampaignPosition(List<JourneyListItem.ElementCount> places, List<ProcessDiagram> marks) {

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
			places.addAll(places(path.definitionId(), here));
			marks.add(course(path, here, progress));
		}
		Map<String, Long> chunks = tokens.getOrDefault(CHUNK, Map.of());
		this.journeys.newest(CHUNK).ifPresent((definition) -> {
			places.addAll(places(definition, chunks));
			marks.add(chunks(definition, chunks, progress));
		});
		return new CampaignPosition(places, marks);
	}

	private ProcessDiagram course(JourneyPath path, Map<String, Long> here, CampaignProgress progress) {
		Map<String, String> counts = new TreeMap<>();
		here.forEach((element, tokens) -> counts.put(element, WAITS_FOR_CHUNKS.contains(element)
				? "%d of %d chunks".formatted(progress.chunksDone(), progress.chunks()) : String.valueOf(tokens)));
		Set<String> passed = new LinkedHashSet<>(path.activities());
		passed.removeAll(here.keySet());
		return new ProcessDiagram("The course of this campaign", "",
				words("Course of the campaign", path.definitionId(), passed, here),
				ProcessDiagrams.href(path.definitionId()), String.join(",", passed), String.join(",", here.keySet()),
				pairs(counts));
	}

	private ProcessDiagram chunks(String definition, Map<String, Long> here, CampaignProgress progress) {
		Map<String, String> counts = new TreeMap<>();
		here.forEach((element, tokens) -> counts.put(element, String.valueOf(tokens)));
		Set<String> done = Set.of();
		if (progress.chunksDone() > 0) {
			counts.put(CHUNKS_DONE, "%d done".formatted(progress.chunksDone()));
			done = Set.of(CHUNKS_DONE);
		}
		return new ProcessDiagram("The course of each chunk", "", words("Course of each chunk", definition, done, here),
				ProcessDiagrams.href(definition), String.join(",", done), String.join(",", here.keySet()),
				pairs(counts));
	}

	private List<JourneyListItem.ElementCount> places(String definition, Map<String, Long> here) {
		Map<String, String> elements = this.names.of(definition);
		return here.entrySet()
			.stream()
			.filter((entry) -> elements.containsKey(entry.getKey()))
			.map((entry) -> new JourneyListItem.ElementCount(entry.getKey(), elements.getOrDefault(entry.getKey(), ""),
					entry.getValue(), entry.getValue()))
			.toList();
	}

	private String words(String what, String definition, Set<String> passed, Map<String, Long> here) {
		Map<String, String> elements = this.names.of(definition);
		String way = names(elements, passed, ", then ");
		String now = names(elements, here.keySet(), ", ");
		return what + (way.isEmpty() ? "" : ": " + way) + (now.isEmpty() ? "" : ". Now at: " + now);
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
