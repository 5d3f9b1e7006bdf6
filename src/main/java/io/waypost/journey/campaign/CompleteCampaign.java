package io.waypost.journey.campaign;

import io.waypost.campaign.Campaigns;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Complete campaign". */
@Component("completeCampaign")
class CompleteCampaign implements JavaDelegate {

	private final Campaigns campaigns;

	CompleteCampaign(Campaigns campaigns) {
		this.campaigns = campaigns;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		this.campaigns.complete(context.tenant(), context.campaign());
	}

}
