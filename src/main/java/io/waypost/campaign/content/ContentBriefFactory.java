package io.waypost.campaign.content;

import java.time.Duration;
import java.util.List;

import io.waypost.agent.ContentBrief;
import io.waypost.agent.ContentVariant;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignBrief;
import io.waypost.campaign.CampaignExperiments;
import io.waypost.campaign.CampaignStatus;
import io.waypost.campaign.chunk.ChunkRepository;
import org.jspecify.annotations.Nullable;

/** Creates the content brief of a campaign for the agents. */
public final class ContentBriefFactory {

	private ContentBriefFactory() {
	}

	/**
	 * Recipients of a test get their message without send-time optimisation, because the
	 * test waits for their response.
	 */
	public static ContentBrief of(Campaign campaign, ChunkRepository.ChunkPhase phase) {
		boolean tested = phase == ChunkRepository.ChunkPhase.TEST || campaign.status() == CampaignStatus.TESTING;
		return of(campaign, tested ? null : campaign.brief().bestHourWithin());
	}

	public static ContentBrief of(Campaign campaign) {
		return of(campaign, (Duration) null);
	}

	private static ContentBrief of(Campaign campaign, @Nullable Duration bestHourWithin) {
		CampaignBrief brief = campaign.brief();
		List<ContentVariant> variants = (brief.test() != null) ? brief.test().variants()
				: List.of(ContentVariant.named(CampaignExperiments.ONLY_VARIANT));
		return new ContentBrief(campaign.id(), brief.goal(), brief.template(), campaign.topic(), brief.category(),
				brief.offer(), variants, bestHourWithin);
	}

}
