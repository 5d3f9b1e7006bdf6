package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignChunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Decide for each person": permission, window, variant and words. */
@Component("decideForPeople")
class DecideForPeople implements JavaDelegate {

	private final CampaignChunks chunks;

	DecideForPeople(CampaignChunks chunks) {
		this.chunks = chunks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		this.chunks.decide(context.campaign(), context.chunk());
	}

}
