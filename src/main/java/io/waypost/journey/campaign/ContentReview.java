package io.waypost.journey.campaign;

import java.time.Clock;
import java.util.Date;
import java.util.Map;

import io.waypost.agent.review.Review;
import io.waypost.campaign.CampaignContents;
import io.waypost.journey.review.ReviewForm;
import org.camunda.bpm.engine.delegate.DelegateTask;

import org.springframework.stereotype.Component;

/** The review of content that many recipients share: one task for all of them. */
@Component
class ContentReview {

	private final CampaignContents contents;

	private final ReviewForm form;

	private final Clock clock;

	ContentReview(CampaignContents contents, ReviewForm form, Clock clock) {
		this.contents = contents;
		this.form = form;
		this.clock = clock;
	}

	void fill(DelegateTask task) {
		CampaignContext context = new CampaignContext(task);
		CampaignContents.FlaggedContent flagged = this.contents.assignReviewTask(context.tenant(), context.campaign(),
				context.content(), task.getId());
		task.setDueDate(Date.from(this.clock.instant().plus(flagged.dueIn())));
		this.form.fill(task, flagged.title(), flagged.draft(), flagged.explanation());
	}

	void decide(DelegateTask task) {
		CampaignContext context = new CampaignContext(task);
		Map<String, Object> explanation = this.contents
			.explanation(context.tenant(), context.campaign(), context.content())
			.orElseThrow(() -> ReviewForm.decided(task));
		Review review = this.form.read(task, context.tenant(), explanation);
		if (!this.contents.saveDecision(context.tenant(), context.campaign(), context.content(), task.getId(),
				review)) {
			throw ReviewForm.decided(task);
		}
	}

}
