package io.waypost.journey.campaign;

import java.time.Clock;
import java.util.Date;

import io.waypost.agent.review.Review;
import io.waypost.campaign.CampaignContents;
import io.waypost.journey.review.ReviewForm;
import org.camunda.bpm.engine.delegate.DelegateTask;

import org.springframework.stereotype.Component;

/** The review of content that many recipients share: one task for all of them. */
@Component
class ContentReview {

	private final CampaignContents words;

	private final ReviewForm sheet;

	private final Clock clock;

	ContentReview(CampaignContents words, ReviewForm sheet, Clock clock) {
		this.words = words;
		this.sheet = sheet;
		this.clock = clock;
	}

	void fill(DelegateTask task) {
		CampaignContext context = new CampaignContext(task);
		CampaignContents.FlaggedContent doubtful = this.words.assignReviewTask(context.tenant(), context.campaign(),
				context.content(), task.getId());
		task.setDueDate(Date.from(this.clock.instant().plus(doubtful.dueIn())));
		this.sheet.fill(task, doubtful.title(), doubtful.draft(), doubtful.explanation());
	}

	void decide(DelegateTask task) {
		CampaignContext context = new CampaignContext(task);
		Review review = this.sheet.read(task);
		this.words.saveDecision(context.tenant(), context.campaign(), context.content(), review);
	}

}
