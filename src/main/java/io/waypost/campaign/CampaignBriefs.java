package io.waypost.campaign;

import java.time.Duration;
import java.util.List;

import io.waypost.agent.CampaignBrief;
import io.waypost.agent.VariantBrief;
import org.jspecify.annotations.Nullable;

/** What the agents are asked for, in their words. */
final class CampaignBriefs {

	private CampaignBriefs() {
	}

	/**
	 * Whose answer is waited for is written to at once; the best hour is for the others.
	 */
	static CampaignBrief of(Campaign campaign, ChunkRows.Phase phase) {
		boolean tested = phase == ChunkRows.Phase.TEST || campaign.status() == CampaignStatus.TESTING;
		return of(campaign, tested ? null : campaign.brief().bestHourWithin());
	}

	static CampaignBrief of(Campaign campaign) {
		return of(campaign, (Duration) null);
	}

	private static CampaignBrief of(Campaign campaign, @Nullable Duration bestHourWithin) {
		Brief brief = campaign.brief();
		List<VariantBrief> variants = (brief.test() != null) ? brief.test().variants()
				: List.of(VariantBrief.written(CampaignTests.ONLY));
		return new CampaignBrief(campaign.id(), brief.goal(), brief.template(), campaign.topic(), brief.category(),
				variants, bestHourWithin);
	}

}
