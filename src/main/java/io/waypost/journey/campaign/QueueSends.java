package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignChunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Queue sends". */
@Component("queueSends")
class QueueSends implements JavaDelegate {

	private final CampaignChunks chunks;

	QueueSends(CampaignChunks chunks) {
		this.chunks = chunks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		this.chunks.queue(context.campaign(), context.chunk());
	}

}
