package io.waypost.journey.campaign;

import io.waypost.campaign.Chunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Start waiting chunks": those that a pause has stopped. */
@Component("startWaiting")
class StartWaiting implements JavaDelegate {

	private final Chunks chunks;

	private final EngineCampaignFlow flow;

	StartWaiting(Chunks chunks, EngineCampaignFlow flow) {
		this.chunks = chunks;
		this.flow = flow;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		Chunks.Round round = this.chunks.waiting(context.tenant(), context.campaign());
		this.flow.startChunks(context.tenant(), context.campaign(), round.chunks());
	}

}
