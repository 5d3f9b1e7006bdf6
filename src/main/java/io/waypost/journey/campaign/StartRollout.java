package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignChunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Start chunks": of everybody who was not written to yet. */
@Component("startRollout")
class StartRollout implements JavaDelegate {

	private final CampaignChunks chunks;

	private final CampaignProcesses flow;

	StartRollout(CampaignChunks chunks, CampaignProcesses flow) {
		this.chunks = chunks;
		this.flow = flow;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		CampaignChunks.StartedChunks round = this.chunks.startRollout(context.tenant(), context.campaign());
		this.flow.startChunks(context.tenant(), context.campaign(), round.chunks());
	}

}
