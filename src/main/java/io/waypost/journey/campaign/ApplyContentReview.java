package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignContents;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Apply review": what was decided about words, or that nobody did in time. */
@Component("applyWordsReview")
class ApplyContentReview implements JavaDelegate {

	private final CampaignContents words;

	ApplyContentReview(CampaignContents words) {
		this.words = words;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		boolean expired = context.givenDecision().isPresent();
		this.words.applyDecision(context.tenant(), context.campaign(), context.content(), expired);
	}

}
