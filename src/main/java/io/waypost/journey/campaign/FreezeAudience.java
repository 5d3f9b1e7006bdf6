package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignPreparation;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Freeze audience". */
@Component("freezeAudience")
class FreezeAudience implements JavaDelegate {

	private final CampaignPreparation preparation;

	FreezeAudience(CampaignPreparation preparation) {
		this.preparation = preparation;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		context.route(this.preparation.freeze(context.tenant(), context.campaign()));
	}

}
