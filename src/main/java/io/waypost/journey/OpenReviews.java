package io.waypost.journey;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.journey.run.JourneyVariables;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;

import org.springframework.stereotype.Component;

/** Messages that wait for a reviewer. */
@Component
public class OpenReviews {

	private final TaskService tasks;

	OpenReviews(TaskService tasks) {
		this.tasks = tasks;
	}

	/**
	 * Lists open reviews, newest first.
	 * @param tenant the tenant
	 * @param limit maximum number
	 * @return the reviews
	 */
	public List<OpenReview> of(TenantId tenant, int limit) {
		return open(tenant).orderByTaskCreateTime().desc().listPage(0, limit).stream().map(this::review).toList();
	}

	/** Counts the open reviews of a tenant. */
	public long count(TenantId tenant) {
		return open(tenant).count();
	}

	/** Returns when the oldest open review of a tenant began, empty without one. */
	public Optional<Instant> oldest(TenantId tenant) {
		return open(tenant).orderByTaskCreateTime()
			.asc()
			.listPage(0, 1)
			.stream()
			.map((task) -> task.getCreateTime().toInstant())
			.findFirst();
	}

	private TaskQuery open(TenantId tenant) {
		return this.tasks.createTaskQuery()
			.tenantIdIn(tenant.value())
			.processVariableValueNotEquals(JourneyVariables.SEND, "");
	}

	private OpenReview review(Task task) {
		Map<String, Object> variables = this.tasks.getVariables(task.getId(),
				List.of(JourneyVariables.SEND, JourneyVariables.TEMPLATE));
		Date due = task.getDueDate();
		return new OpenReview(task.getId(), task.getName(),
				SendId.of(String.valueOf(variables.get(JourneyVariables.SEND))),
				String.valueOf(variables.get(JourneyVariables.TEMPLATE)), task.getCreateTime().toInstant(),
				(due != null) ? due.toInstant() : null);
	}

}
