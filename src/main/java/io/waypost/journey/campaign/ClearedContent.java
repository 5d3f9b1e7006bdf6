package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignChunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Take cleared words": those that were inspected and found good, and no others. */
@Component("clearedWords")
class ClearedContent implements JavaDelegate {

	private final CampaignChunks chunks;

	ClearedContent(CampaignChunks chunks) {
		this.chunks = chunks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		this.chunks.loadContents(context.campaign(), context.chunk());
	}

}
