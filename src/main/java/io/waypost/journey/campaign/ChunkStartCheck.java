package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignChunks;
import io.waypost.journey.engine.web.FormRefusedException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;

import org.springframework.stereotype.Component;

/**
 * Refuses the start of a process for a chunk that does not exist, for example over the
 * engine's REST API with an unknown {@code campaignId}. The engine calls it at the start
 * of every process instance, after the check of the variables' types.
 */
@Component("chunkStartCheck")
class ChunkStartCheck implements ExecutionListener {

	private final CampaignChunks chunks;

	ChunkStartCheck(CampaignChunks chunks) {
		this.chunks = chunks;
	}

	@Override
	public void notify(DelegateExecution execution) {
		if (execution.getSuperExecution() != null || !execution.hasVariable(CampaignContext.CAMPAIGN)
				|| !execution.hasVariable(CampaignContext.CHUNK)) {
			return;
		}
		CampaignContext context = new CampaignContext(execution);
		if (!this.chunks.exists(context.tenant(), context.campaign(), context.chunk())) {
			throw new FormRefusedException(("The campaign '%s' (variable campaignId) has no chunk %d; "
					+ "GET /api/v1/campaigns lists the campaigns, and a campaign starts its chunks after its launch")
				.formatted(context.campaign(), context.chunk()));
		}
	}

}
