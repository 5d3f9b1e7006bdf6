package io.waypost.journey.campaign;

import io.waypost.campaign.Chunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Queue sends". */
@Component("queueSends")
class QueueSends implements JavaDelegate {

	private final Chunks chunks;

	QueueSends(Chunks chunks) {
		this.chunks = chunks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		this.chunks.queue(context.campaign(), context.chunk());
	}

}
