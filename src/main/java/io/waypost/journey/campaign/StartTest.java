package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignChunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Start test chunks". */
@Component("startTest")
class StartTest implements JavaDelegate {

	private final CampaignChunks chunks;

	private final CampaignProcesses flow;

	StartTest(CampaignChunks chunks, CampaignProcesses flow) {
		this.chunks = chunks;
		this.flow = flow;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		CampaignChunks.StartedChunks round = this.chunks.startTest(context.tenant(), context.campaign());
		context.testUntil(round.until());
		this.flow.startChunks(context.tenant(), context.campaign(), round.chunks());
	}

}
