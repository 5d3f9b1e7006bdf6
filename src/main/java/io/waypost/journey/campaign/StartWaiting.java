package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignChunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Start waiting chunks": those that a pause has stopped. */
@Component("startWaiting")
class StartWaiting implements JavaDelegate {

	private final CampaignChunks chunks;

	private final CampaignProcesses flow;

	StartWaiting(CampaignChunks chunks, CampaignProcesses flow) {
		this.chunks = chunks;
		this.flow = flow;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		CampaignChunks.StartedChunks round = this.chunks.startWaiting(context.tenant(), context.campaign());
		this.flow.startChunks(context.tenant(), context.campaign(), round.chunks());
	}

}
