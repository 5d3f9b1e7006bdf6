package io.waypost.journey.step;

import java.util.List;

import io.waypost.journey.review.ReviewRepository;
import io.waypost.journey.run.JourneyContext;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.task.Task;

import org.springframework.stereotype.Component;

/** Step "Escalate review": operators see the overdue task too, above all others. */
@Component("escalateReview")
class EscalateReview implements JavaDelegate {

	private static final int URGENT = 90;

	private final ReviewRepository reviews;

	EscalateReview(ReviewRepository reviews) {
		this.reviews = reviews;
	}

	@Override
	public void execute(DelegateExecution execution) {
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
