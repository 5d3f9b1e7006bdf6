package io.waypost.journey.run;

import java.time.Clock;

import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.journey.JourneyRun;
import io.waypost.journey.Journeys;
import io.waypost.journey.engine.ProcessKeys;
import io.waypost.journey.engine.web.FormRefusedException;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;

import org.springframework.stereotype.Component;

/**
 * Refuses the start of a process for a journey run that cannot be started, for example
 * over the engine's REST API with an unknown {@code runId}. The engine calls it at the
 * start of every process instance. A called process uses the run of its caller, and a run
 * that this thread is starting is claimed already.
 */
@Component("runStartCheck")
class RunStartCheck implements ExecutionListener {

	/** The process that sends one message. It carries the journey as a variable. */
	private static final String MESSAGE = "personalised-message";

	private final JourneyRunRepository runs;

	private final Journeys journeys;

	private final StartingRuns startingRuns;

	private final TemplateRepository templates;

	private final Clock clock;

	RunStartCheck(JourneyRunRepository runs, Journeys journeys, StartingRuns startingRuns, TemplateRepository templates,
			Clock clock) {
		this.runs = runs;
		this.templates = templates;
		this.journeys = journeys;
		this.startingRuns = startingRuns;
		this.clock = clock;
	}

	@Override
	public void notify(DelegateExecution execution) {
		if (execution.getSuperExecution() != null || execution.getVariable(JourneyVariables.RUN) == null) {
			return;
		}
		JourneyRunId run = run(execution.getVariable(JourneyVariables.RUN).toString());
		if (this.startingRuns.find(run).isEmpty()) {
			claim(execution, run);
		}
	}

	/** Claims the run, so that no thread of {@link RunStarter} starts it again. */
	private void claim(DelegateExecution execution, JourneyRunId run) {
		TenantId tenant = JourneyContext.from(execution).tenant();
		this.journeys.find(tenant, run).ifPresent((known) -> requireSameRun(execution, known));
		if (!this.runs.claimForInstance(tenant, run, execution.getProcessInstanceId(), this.clock.instant())) {
			throw new FormRefusedException(
					("The variable runId must be the id of a pending run of the tenant '%s', but "
							+ "'%s' is not; GET /api/v1/journeys/runs lists the runs")
						.formatted(tenant.value(), run));
		}
		requireTemplate(execution, tenant);
	}

	/**
	 * Without this check the message would end in its first step, and the caller would
	 * not know why.
	 */
	private void requireTemplate(DelegateExecution execution, TenantId tenant) {
		if (execution.getVariable(JourneyVariables.TEMPLATE) instanceof String key) {
			Template template = this.templates.find(tenant, key, TemplateRepository.DEFAULT_LANGUAGE)
				.orElseThrow(() -> new FormRefusedException(
						"The variable template must be the key of a template, but '%s' is not; GET /api/v1/templates lists the keys"
							.formatted(key)));
			Object topic = execution.getVariable(JourneyVariables.TOPIC);
			if (topic != null && !template.topic().equals(topic)) {
				throw new FormRefusedException(
						"The variable topic must be '%s', the topic of the template '%s', but it is '%s'"
							.formatted(template.topic(), key, topic));
			}
		}
	}

	/**
	 * A message must not go to another person or be counted for another journey than its
	 * run.
	 */
	private static void requireSameRun(DelegateExecution execution, JourneyRun run) {
		Object profile = execution.getVariable(JourneyVariables.PROFILE);
		if (profile != null && !run.profile().toString().equalsIgnoreCase(profile.toString())) {
			throw new FormRefusedException("The variable profileId must be the profile of the run '%s', but '%s' is not"
				.formatted(run.id(), profile));
		}
		String process = ProcessKeys.of(execution);
		Object journey = execution.getVariable(JourneyVariables.JOURNEY);
		boolean sends = MESSAGE.equals(process);
		if (!run.journey().equals(process) && !(sends && run.journey().equals(journey))) {
			throw new FormRefusedException(
					"The variable runId must be a run of the process '%s', but '%s' is a run of '%s'".formatted(process,
							run.id(), run.journey()));
		}
		if (!sends && journey != null && !run.journey().equals(journey)) {
			throw new FormRefusedException("The variable journey must be '%s', the journey of the run, but it is '%s'"
				.formatted(run.journey(), journey));
		}
	}

	private static JourneyRunId run(String text) {
		try {
			return JourneyRunId.of(text);
		}
		catch (IllegalArgumentException ex) {
			throw new FormRefusedException(
					"The variable runId must be a UUID, but it is '%s'; GET /api/v1/journeys/runs lists the runs"
						.formatted(text));
		}
	}

}
