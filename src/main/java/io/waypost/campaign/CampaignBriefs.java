package io.waypost.campaign;

import java.util.List;

import io.waypost.agent.CampaignBrief;
import io.waypost.agent.VariantBrief;

/** What the agents are asked for, in their words. */
final class CampaignBriefs {

	private CampaignBriefs() {
	}

	static CampaignBrief of(Campaign campaign) {
		Brief brief = campaign.brief();
		List<VariantBrief> variants = (brief.test() != null) ? brief.test().variants()
				: List.of(VariantBrief.written(CampaignTests.ONLY));
		return new CampaignBrief(campaign.id(), brief.goal(), brief.template(), campaign.topic(), brief.category(),
				variants, null);
	}

}
