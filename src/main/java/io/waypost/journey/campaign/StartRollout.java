package io.waypost.journey.campaign;

import io.waypost.campaign.Chunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Start chunks": of everybody who was not written to yet. */
@Component("startRollout")
class StartRollout implements JavaDelegate {

	private final Chunks chunks;

	private final EngineCampaignFlow flow;

	StartRollout(Chunks chunks, EngineCampaignFlow flow) {
		this.chunks = chunks;
		this.flow = flow;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		Chunks.Round round = this.chunks.rollOut(context.tenant(), context.campaign());
		this.flow.startChunks(context.tenant(), context.campaign(), round.chunks());
	}

}
