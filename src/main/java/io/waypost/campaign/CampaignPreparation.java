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

/** What comes between the launch of a campaign and its words. */
@Component
public class CampaignPreparation {

	private static final Set<CampaignStatus> BEFORE = Set.of(CampaignStatus.PREPARING,
			CampaignStatus.AWAITING_APPROVAL);

	private final Campaigns campaigns;

	private final CampaignRepository rows;

	private final Audiences audiences;

	private final CampaignExperiments tests;

	private final Clock clock;

	CampaignPreparation(Campaigns campaigns, CampaignRepository rows, Audiences audiences, CampaignExperiments tests,
			Clock clock) {
		this.campaigns = campaigns;
		this.rows = rows;
		this.audiences = audiences;
		this.tests = tests;
		this.clock = clock;
	}

	/**
	 * Keeps whom the segment reaches now and begins the experiment, in the caller's
	 * transaction. Repeating it changes nothing.
	 * @param tenant whose
	 * @param id which campaign
	 * @return CONTINUE, or STOP when nobody can be written to; the campaign has the
	 * reason
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
				this.rows.move(tenant, id, BEFORE, CampaignStatus.PREPARING, null);
				this.rows.saveAudience(tenant, id, frozen.audience());
				this.tests.start(tenant, campaign);
				yield Route.CONTINUE;
			}
			case FreezeResult.FreezeRefused refused -> {
				this.rows.move(tenant, id, BEFORE, CampaignStatus.PREPARING,
						"audience_" + refused.reason().name().toLowerCase(Locale.ROOT));
				yield Route.STOP;
			}
		};
	}

	/** Whom a test writes to must be like those who are written to afterwards. */
	private static double testShare(CampaignBrief brief) {
		return (brief.test() != null) ? brief.test().percent() / 100 : 0;
	}

}
