package io.waypost.journey.campaign;

import io.waypost.campaign.CampaignContents;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Check words": which may be sent, and which has a person to look at? */
@Component("checkWords")
class CheckContent implements JavaDelegate {

	private final CampaignContents words;

	CheckContent(CampaignContents words) {
		this.words = words;
	}

	@Override
	public void execute(DelegateExecution execution) {
		CampaignContext context = new CampaignContext(execution);
		CampaignContents.ContentReviewState stock = this.words.reviewState(context.tenant(), context.campaign());
		context.route(stock.route());
		context.flagged(stock.flagged());
		context.reviewBy(stock.due(), stock.expiry());
	}

}
