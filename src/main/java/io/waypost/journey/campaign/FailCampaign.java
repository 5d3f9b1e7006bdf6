package io.waypost.journey.campaign;

import io.waypost.campaign.Campaigns;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Close campaign": it ends without a message to anybody. */
@Component("failCampaign")
class FailCampaign implements JavaDelegate {

	private final Campaigns campaigns;

	FailCampaign(Campaigns campaigns) {
		this.campaigns = campaigns;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		this.campaigns.fail(context.tenant(), context.campaign(), context.givenReason().orElse(null));
	}

}
