package io.waypost.journey.campaign;

import io.waypost.campaign.Chunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Decide for each person": permission, window, variant and words. */
@Component("decideForPeople")
class DecideForPeople implements JavaDelegate {

	private final Chunks chunks;

	DecideForPeople(Chunks chunks) {
		this.chunks = chunks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		this.chunks.decide(context.campaign(), context.chunk());
	}

}
