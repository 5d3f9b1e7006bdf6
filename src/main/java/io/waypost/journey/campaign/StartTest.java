package io.waypost.journey.campaign;

import io.waypost.campaign.Chunks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Start test chunks". */
@Component("startTest")
class StartTest implements JavaDelegate {

	private final Chunks chunks;

	private final EngineCampaignFlow flow;

	StartTest(Chunks chunks, EngineCampaignFlow flow) {
		this.chunks = chunks;
		this.flow = flow;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		Chunks.Round round = this.chunks.test(context.tenant(), context.campaign());
		context.testUntil(round.until());
		this.flow.startChunks(context.tenant(), context.campaign(), round.chunks());
	}

}
