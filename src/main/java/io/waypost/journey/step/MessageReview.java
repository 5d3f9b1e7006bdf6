package io.waypost.journey.step;

import java.util.List;
import java.util.Objects;

import io.waypost.agent.Message;
import io.waypost.agent.review.Review;
import io.waypost.content.EmailDraft;
import io.waypost.delivery.ContentClearance;
import io.waypost.journey.review.ReviewForm;
import io.waypost.journey.review.ReviewRepository;
import io.waypost.journey.run.JourneyContext;
import io.waypost.journey.run.JourneyVariables;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.Task;

import org.springframework.stereotype.Component;

/** The review of one message by a person: form, decision and escalation. */
@Component
class MessageReview {

	private static final int URGENT = 90;

	/** Digest of the content in the form, task-local. */
	private static final String CONTENT = "reviewedContent";

	private final AgentStepRunner steps;

	private final ReviewRepository reviews;

	private final ReviewForm form;

	MessageReview(AgentStepRunner steps, ReviewRepository reviews, ReviewForm form) {
		this.steps = steps;
		this.reviews = reviews;
		this.form = form;
	}

	/** Fills the form from the message. */
	void fill(DelegateTask task) {
		Message message = this.steps.currentBatch(new JourneyContext(task)).single();
		EmailDraft draft = Objects.requireNonNull(message.draft(), "A message in review has content");
		task.setVariableLocal(CONTENT, ContentClearance.digest(draft, message.explanation()));
		this.form.fill(task, "Journey %s, template %s".formatted(message.send().journey(), message.send().template()),
				draft, message.explanation());
	}

	/** Reads and stores the decision; only its name becomes a process variable. */
	void decide(DelegateTask task) {
		JourneyContext context = new JourneyContext(task);
		Message message = this.steps.currentBatch(context).single();
		Review review = this.form.read(task, context.tenant(), message.explanation());
		if (!this.reviews.record(context.tenant(), context.send(), task.getId(),
				String.valueOf((Object) task.getVariableLocal(CONTENT)), review)) {
			throw ReviewForm.decided(task);
		}
		task.getExecution().setVariable(JourneyVariables.REVIEW_DECISION, review.decision().name());
	}

	/** Offers an overdue task to the operators too and puts it first in their list. */
	void escalate(DelegateExecution execution) {
		TaskService tasks = execution.getProcessEngineServices().getTaskService();
		List<Task> overdue = tasks.createTaskQuery().processInstanceId(execution.getProcessInstanceId()).list();
		for (Task task : overdue) {
			tasks.addCandidateGroup(task.getId(), "operator");
			tasks.setPriority(task.getId(), URGENT);
		}
		JourneyContext context = JourneyContext.from(execution);
		this.reviews.recordEscalation(context.tenant(), context.send(), overdue.stream().map(Task::getId).toList());
	}

}
