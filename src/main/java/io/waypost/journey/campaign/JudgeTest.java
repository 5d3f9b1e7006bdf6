package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignTests;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Judge test": is there a verdict, or is it waited for? */
@Component("judgeTest")
class JudgeTest implements JavaDelegate {

	private final CampaignTests tests;

	JudgeTest(CampaignTests tests) {
		this.tests = tests;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		CampaignTests.Judgement judgement = this.tests.judge(context.tenant(), context.campaign());
		context.route(judgement.route());
		if (judgement.until() != null) {
			context.testUntil(judgement.until());
		}
	}

}
