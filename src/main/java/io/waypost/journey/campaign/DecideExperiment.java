package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignExperiments;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Judge test": is there a verdict, or is it waited for? */
@Component("judgeTest")
class DecideExperiment implements JavaDelegate {

	private final CampaignExperiments tests;

	DecideExperiment(CampaignExperiments tests) {
		this.tests = tests;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		CampaignExperiments.RolloutDecision judgement = this.tests.decideRollout(context.tenant(), context.campaign());
		context.route(judgement.route());
		if (judgement.until() != null) {
			context.testUntil(judgement.until());
		}
	}

}
