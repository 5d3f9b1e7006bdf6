package io.waypost.campaign;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.waypost.campaign.CampaignContent.ContentStatus;
import io.waypost.campaign.CampaignProgress.StatusCount;
import io.waypost.campaign.chunk.ChunkRepository;
import io.waypost.campaign.content.CampaignContentRepository;
import io.waypost.delivery.CampaignSendControl;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Reads the progress of campaigns. */
@Component
class CampaignProgressReader {

	private final ChunkRepository chunks;

	private final CampaignContentRepository contents;

	private final CampaignProcess process;

	private final CampaignSendControl sends;

	CampaignProgressReader(ChunkRepository chunks, CampaignContentRepository contents, CampaignProcess process,
			CampaignSendControl sends) {
		this.chunks = chunks;
		this.contents = contents;
		this.process = process;
		this.sends = sends;
	}

	CampaignProgress of(TenantId tenant, Campaign campaign) {
		Map<String, StatusCount> counts = new HashMap<>();
		this.sends.countByStatus(tenant, campaign.id())
			.forEach((status, reasons) -> counts.put(CampaignRepository.name(status), count(reasons)));
		long known = counts.values().stream().mapToLong(StatusCount::people).sum();
		long unknown = Math.max(0, campaign.size() - known);
		long flagged = (known > 0) ? 0
				: this.contents.of(tenant, campaign.id())
					.stream()
					.filter((content) -> content.status() == ContentStatus.FLAGGED)
					.collect(Collectors.toMap(CampaignContent::archetype, CampaignContent::people, Math::max))
					.values()
					.stream()
					.mapToLong(Integer::longValue)
					.sum();
		counts.put("planned", new StatusCount(Math.max(0, unknown - flagged), Map.of()));
		counts.put("flagged", new StatusCount(Math.min(flagged, unknown), Map.of()));
		ChunkRepository.ChunkCounts tally = this.chunks.count(tenant, campaign.id());
		return new CampaignProgress(campaign.size(), counts, tally.chunks(), tally.done(),
				(tally.chunks() > tally.done()) ? this.process.failedChunks(tenant, campaign.id()) : 0);
	}

	private static StatusCount count(Map<String, Long> reasons) {
		Map<String, Long> named = new TreeMap<>(reasons);
		named.remove("");
		return new StatusCount(reasons.values().stream().mapToLong(Long::longValue).sum(), named);
	}

}
