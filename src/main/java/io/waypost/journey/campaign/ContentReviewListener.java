package io.waypost.journey.campaign;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.stereotype.Component;

/** Listener of the task "Review words". */
@Component("wordsTask")
class ContentReviewListener implements TaskListener {

	private final ContentReview forms;

	ContentReviewListener(ContentReview forms) {
		this.forms = forms;
	}

	@Override
	public void notify(DelegateTask task) {
		switch (task.getEventName()) {
			case TaskListener.EVENTNAME_CREATE -> this.forms.fill(task);
			case TaskListener.EVENTNAME_COMPLETE -> this.forms.decide(task);
			default -> throw new IllegalStateException("wordsTask listens to create and complete only");
		}
	}

}
