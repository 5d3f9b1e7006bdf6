package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignChunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Take chunk": is it still to be done, and now? */
@Component("takeChunk")
class TakeChunk implements JavaDelegate {

	private final CampaignChunks chunks;

	TakeChunk(CampaignChunks chunks) {
		this.chunks = chunks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		context.route(this.chunks.claim(context.tenant(), context.campaign(), context.chunk()));
	}

}
