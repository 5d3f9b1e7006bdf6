package io.waypost.campaign;

import java.time.Clock;
import java.util.Locale;
import java.util.Set;

import io.waypost.agent.Route;
import io.waypost.audience.Audiences;
import io.waypost.audience.FreezeResult;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Freezes the audience of a launched campaign and starts its experiment. */
@Component
public class CampaignPreparation {

	private static final Set<CampaignStatus> BEFORE_CONTENT = Set.of(CampaignStatus.PREPARING,
			CampaignStatus.AWAITING_APPROVAL);

	private final Campaigns campaigns;

	private final CampaignRepository campaignRepository;

	private final Audiences audiences;

	private final CampaignExperiments tests;

	private final Clock clock;

	CampaignPreparation(Campaigns campaigns, CampaignRepository campaignRepository, Audiences audiences,
			CampaignExperiments tests, Clock clock) {
		this.campaigns = campaigns;
		this.campaignRepository = campaignRepository;
		this.audiences = audiences;
		this.tests = tests;
		this.clock = clock;
	}

	/**
	 * Freezes the current members of the segment and starts the experiment in the
	 * caller's transaction. Repeated calls have no effect.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return CONTINUE, or STOP when the audience could not be frozen; the campaign has
	 * the reason
	 */
	public Route freeze(TenantId tenant, CampaignId id) {
		Campaign campaign = this.campaigns.require(tenant, id);
		if (campaign.audience() != null) {
			return Route.CONTINUE;
		}
		FreezeResult freezing = this.audiences.freeze(tenant, campaign.createdBy(), campaign.brief().segment(),
				this.clock.instant(), testShare(campaign.brief()));
		return switch (freezing) {
			case FreezeResult.AudienceFrozen frozen -> {
				this.campaignRepository.move(tenant, id, BEFORE_CONTENT, CampaignStatus.PREPARING, null);
				this.campaignRepository.saveAudience(tenant, id, frozen.audience());
				this.tests.start(tenant, campaign);
				yield Route.CONTINUE;
			}
			case FreezeResult.FreezeRefused refused -> {
				this.campaignRepository.move(tenant, id, BEFORE_CONTENT, CampaignStatus.PREPARING,
						"audience_" + refused.reason().name().toLowerCase(Locale.ROOT));
				yield Route.STOP;
			}
		};
	}

	/** Share of the audience that is drawn at random for the test. */
	private static double testShare(CampaignBrief brief) {
		return (brief.test() != null) ? brief.test().percent() / 100 : 0;
	}

}
