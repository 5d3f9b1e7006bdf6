package io.waypost.journey.review;

import java.util.function.Consumer;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

/**
 * Listener of a task with a form: fills the form when the task is created and reads it
 * when the task is completed.
 *
 * @param fill writes what the reviewer sees
 * @param read checks and keeps what the reviewer decided
 */
public record FormListener(Consumer<DelegateTask> fill, Consumer<DelegateTask> read) implements TaskListener {

	@Override
	public void notify(DelegateTask task) {
		// The engine has forgotten the event when another request completes the task
		// meanwhile
		if (task.getEventName() == null) {
			throw ReviewForm.decided(task);
		}
		switch (task.getEventName()) {
			case EVENTNAME_CREATE -> this.fill.accept(task);
			case EVENTNAME_COMPLETE -> this.read.accept(task);
			default -> throw new IllegalStateException(
					"Task '%s' calls its form listener at '%s'; it listens to create and complete only"
						.formatted(task.getTaskDefinitionKey(), task.getEventName()));
		}
	}

}
