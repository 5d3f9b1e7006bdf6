package io.waypost.journey.campaign;

import io.waypost.campaign.Chunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Take cleared words": those that were inspected and found good, and no others. */
@Component("clearedWords")
class ClearedWords implements JavaDelegate {

	private final Chunks chunks;

	ClearedWords(Chunks chunks) {
		this.chunks = chunks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		this.chunks.takeWords(context.campaign(), context.chunk());
	}

}
