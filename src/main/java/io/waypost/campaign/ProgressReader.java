package io.waypost.campaign;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.waypost.campaign.CampaignContent.Status;
import io.waypost.campaign.CampaignProgress.Count;
import io.waypost.delivery.Deliveries;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Reads how far campaigns are. */
@Component
class ProgressReader {

	private final ChunkRows chunks;

	private final ContentRows contents;

	private final CampaignFlow flow;

	private final Deliveries deliveries;

	ProgressReader(ChunkRows chunks, ContentRows contents, CampaignFlow flow, Deliveries deliveries) {
		this.chunks = chunks;
		this.contents = contents;
		this.flow = flow;
		this.deliveries = deliveries;
	}

	CampaignProgress of(TenantId tenant, Campaign campaign) {
		Map<String, Count> counts = new HashMap<>();
		this.deliveries.counts(tenant, campaign.id())
			.forEach((status, reasons) -> counts.put(CampaignRows.name(status), count(reasons)));
		long known = counts.values().stream().mapToLong(Count::people).sum();
		long unknown = Math.max(0, campaign.size() - known);
		long flagged = (known > 0) ? 0
				: this.contents.of(tenant, campaign.id())
					.stream()
					.filter((content) -> content.status() == Status.FLAGGED)
					.collect(Collectors.toMap(CampaignContent::archetype, CampaignContent::people, Math::max))
					.values()
					.stream()
					.mapToLong(Integer::longValue)
					.sum();
		counts.put("planned", new Count(Math.max(0, unknown - flagged), Map.of()));
		counts.put("flagged", new Count(Math.min(flagged, unknown), Map.of()));
		ChunkRows.Tally tally = this.chunks.tally(tenant, campaign.id());
		return new CampaignProgress(campaign.size(), counts, tally.chunks(), tally.done(),
				(tally.chunks() > tally.done()) ? this.flow.stuck(tenant, campaign.id()) : 0);
	}

	private static Count count(Map<String, Long> reasons) {
		Map<String, Long> named = new TreeMap<>(reasons);
		named.remove("");
		return new Count(reasons.values().stream().mapToLong(Long::longValue).sum(), named);
	}

}
