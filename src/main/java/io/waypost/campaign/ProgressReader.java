package io.waypost.campaign;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.waypost.campaign.CampaignContent.Status;
import io.waypost.campaign.CampaignProgress.Count;
import io.waypost.consent.Topics;
import io.waypost.delivery.Deliveries;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Reads how far campaigns are, and whom one would reach. */
@Component
class ProgressReader {

	private final Briefs briefs;

	private final ChunkRows chunks;

	private final ContentRows contents;

	private final CampaignFlow flow;

	private final Deliveries deliveries;

	private final Topics topics;

	private final Clock clock;

	ProgressReader(Briefs briefs, ChunkRows chunks, ContentRows contents, CampaignFlow flow, Deliveries deliveries,
			Topics topics, Clock clock) {
		this.briefs = briefs;
		this.chunks = chunks;
		this.contents = contents;
		this.flow = flow;
		this.deliveries = deliveries;
		this.topics = topics;
		this.clock = clock;
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

	/**
	 * Counted by the segment's own language, so that nobody has to be asked about by
	 * name.
	 */
	Reach reach(TenantId tenant, Campaign campaign) {
		Brief brief = campaign.brief();
		String topic = "\"" + campaign.topic() + "\"";
		List<Long> counts = this.briefs.count(tenant, brief,
				List.of("everyone", "email is unknown", "email is known and refused " + topic,
						"email is known and not refused %1$s and not consents to %1$s".formatted(topic)));
		long size = counts.getFirst();
		Map<String, Long> withheld = new TreeMap<>(Map.of("no_address", counts.get(1)));
		if (needsConsent(tenant, campaign)) {
			withheld.put("refused", counts.get(2));
			withheld.put("no_consent", counts.get(3));
		}
		withheld.values().removeIf((people) -> people == 0);
		long held = withheld.values().stream().mapToLong(Long::longValue).sum();
		long heldOut = Math.round((size - held) * brief.holdoutPercent() / 100);
		return new Reach(brief.segment(), size, size - held - heldOut, withheld, heldOut, this.clock.instant());
	}

	private boolean needsConsent(TenantId tenant, Campaign campaign) {
		return this.topics.of(tenant)
			.stream()
			.noneMatch((topic) -> topic.key().equals(campaign.topic()) && topic.transactional());
	}

	private static Count count(Map<String, Long> reasons) {
		Map<String, Long> named = new TreeMap<>(reasons);
		named.remove("");
		return new Count(reasons.values().stream().mapToLong(Long::longValue).sum(), named);
	}

}
