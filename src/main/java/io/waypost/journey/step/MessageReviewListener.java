package io.waypost.journey.step;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.stereotype.Component;

/**
 * Listener of the task "Review content": fills the form, and reads back what was decided.
 */
@Component("reviewTask")
class MessageReviewListener implements TaskListener {

	private final MessageReview forms;

	MessageReviewListener(MessageReview forms) {
		this.forms = forms;
	}

	@Override
	public void notify(DelegateTask task) {
		switch (task.getEventName()) {
			case TaskListener.EVENTNAME_CREATE -> this.forms.fill(task);
			case TaskListener.EVENTNAME_COMPLETE -> this.forms.decide(task);
			default -> throw new IllegalStateException("reviewTask listens to create and complete only");
		}
	}

}
