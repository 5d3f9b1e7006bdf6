package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignWords;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Apply review": what was decided about words, or that nobody did in time. */
@Component("applyWordsReview")
class ApplyWordsReview implements JavaDelegate {

	private final CampaignWords words;

	ApplyWordsReview(CampaignWords words) {
		this.words = words;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		boolean expired = context.givenDecision().isPresent();
		this.words.apply(context.tenant(), context.campaign(), context.content(), expired);
	}

}
