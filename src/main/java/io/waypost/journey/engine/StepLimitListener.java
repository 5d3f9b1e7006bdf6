package io.waypost.journey.engine;

import java.lang.ref.WeakReference;
import java.time.Duration;

import io.waypost.journey.engine.web.FormRefusedException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.bpmn.behavior.MultiInstanceActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Limits the work that the engine does in one transaction. It keeps all steps in memory
 * until the commit and holds a database connection, so a model that loops without
 * waiting, or that creates very many instances of a task, would stop the whole
 * installation. Models of a tenant may do less than those that come with Waypost, which
 * start the chunks of large campaigns.
 */
final class StepLimitListener extends AbstractBpmnParseListener {

	/** Enough to start the chunks of a campaign to ten million people together. */
	static final int MAX_STEPS = 50_000;

	static final int MAX_TENANT_STEPS = 5_000;

	/** Of all loops in a transaction, so that nested loops are not multiplied. */
	static final int MAX_INSTANCES = 1_000;

	/** A task is stored with its identity links, history and form. */
	private static final int STEPS_PER_USER_TASK = 10;

	private static final Duration MAX_TENANT_TIME = Duration.ofSeconds(5);

	private final ThreadLocal<Work> work = ThreadLocal.withInitial(Work::new);

	@Override
	public void parseProcess(Element element, ProcessDefinitionEntity process) {
		listen(process);
	}

	private void listen(ScopeImpl scope) {
		for (ActivityImpl activity : scope.getActivities()) {
			if (activity.getActivityBehavior() instanceof MultiInstanceActivityBehavior instances
					&& instances.getLoopCardinalityExpression() != null) {
				Expression cardinality = instances.getLoopCardinalityExpression();
				activity.addListener(ExecutionListener.EVENTNAME_START,
						(ExecutionListener) (execution) -> countInstances(execution, cardinality));
			}
			int weight = (activity.getActivityBehavior() instanceof UserTaskActivityBehavior) ? STEPS_PER_USER_TASK : 1;
			activity.addListener(ExecutionListener.EVENTNAME_START,
					(ExecutionListener) (execution) -> countSteps(execution, weight));
			listen(activity);
		}
	}

	/** The engine creates all instances before it executes the first. */
	private void countInstances(DelegateExecution execution, Expression cardinality) {
		String instances = String.valueOf(cardinality.getValue(execution));
		if (!instances.matches("\\d{1,5}") || current().addInstances(Integer.parseInt(instances)) > MAX_INSTANCES) {
			throw new FormRefusedException(
					("The process '%s' has %s instances at '%s'; all loops of a transaction may have "
							+ "at most %d together")
						.formatted(ProcessKeys.of(execution), instances, execution.getCurrentActivityId(),
								MAX_INSTANCES));
		}
	}

	private void countSteps(DelegateExecution execution, int weight) {
		Work now = current();
		int executed = now.addSteps(weight);
		boolean ofTenant = ((ExecutionEntity) execution).getProcessDefinition().getTenantId() != null;
		if (executed > (ofTenant ? MAX_TENANT_STEPS : MAX_STEPS)
				|| ofTenant && now.elapsed().compareTo(MAX_TENANT_TIME) > 0) {
			throw new FormRefusedException(("The process '%s' executes more than %d steps, or works for more than %d "
					+ "seconds, without a wait at '%s'; add a timer, a user task or a condition that ends the loop")
				.formatted(ProcessKeys.of(execution), ofTenant ? MAX_TENANT_STEPS : MAX_STEPS,
						MAX_TENANT_TIME.toSeconds(), execution.getCurrentActivityId()));
		}
	}

	private Work current() {
		return this.work.get().of(Context.getCommandContext());
	}

	/** The work of the command that runs on a thread. */
	private static final class Work {

		private WeakReference<CommandContext> command = new WeakReference<>(null);

		private int steps;

		private int instances;

		private long startNanos;

		private Work of(CommandContext current) {
			if (this.command.get() != current) {
				this.command = new WeakReference<>(current);
				this.steps = 0;
				this.instances = 0;
				this.startNanos = System.nanoTime();
			}
			return this;
		}

		private int addSteps(int number) {
			this.steps += number;
			return this.steps;
		}

		private int addInstances(int number) {
			this.instances += number;
			return this.instances;
		}

		private Duration elapsed() {
			return Duration.ofNanos(System.nanoTime() - this.startNanos);
		}

	}

}
