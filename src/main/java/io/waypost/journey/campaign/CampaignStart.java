package io.waypost.journey.campaign;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.Campaigns;
import io.waypost.journey.engine.identity.EngineCaller;
import io.waypost.journey.engine.web.FormRefusedException;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.delegate.DelegateExecution;

import org.springframework.stereotype.Component;

/**
 * Begins the process of a campaign. A campaign that was launched over the management API
 * exists already. One that is started over the engine's API has its brief in process
 * variables and is created here.
 */
@Component
class CampaignStart {

	private final Campaigns campaigns;

	private final EngineCaller signedIn;

	CampaignStart(Campaigns campaigns, EngineCaller signedIn) {
		this.campaigns = campaigns;
		this.signedIn = signedIn;
	}

	void begin(DelegateExecution execution) {
		try {
			begin(execution, new CampaignContext(execution));
		}
		catch (InvalidRequestException ex) {
			throw new FormRefusedException("The campaign cannot start: " + ex.details());
		}
	}

	private void begin(DelegateExecution execution, CampaignContext context) {
		if (execution.getTenantId() == null) {
			throw new FormRefusedException(
					"The campaign cannot start: no tenant. Sign in as a user that belongs to one tenant");
		}
		TenantId tenant = new TenantId(execution.getTenantId());
		String actor = this.signedIn.name().map(Caller::actor).orElse("system");
		CampaignId id = context.campaignIfKnown()
			.orElseGet(() -> this.campaigns.create(tenant, actor, context.brief()).id());
		this.campaigns.attachProcess(tenant, actor, id, execution.getProcessInstanceId());
		Campaign campaign = this.campaigns.find(tenant, id).orElseThrow();
		execution.setProcessBusinessKey(id.toString());
		context.begin(id, campaign.brief().schedule(), campaign.brief().test() != null);
	}

}
