package io.waypost.journey.engine;

import java.lang.ref.WeakReference;

import io.waypost.journey.engine.web.FormRefusedException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.bpmn.behavior.MultiInstanceActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Limits the steps that the engine executes in one transaction. It keeps all of them in
 * memory until the commit, so a model that loops without waiting, or that creates very
 * many instances of a task, would exhaust the memory of the whole installation.
 */
final class StepLimitListener extends AbstractBpmnParseListener implements ExecutionListener {

	/** Enough to start the chunks of a campaign to ten million people together. */
	static final int MAX_STEPS = 50_000;

	static final int MAX_INSTANCES = 10_000;

	private final ThreadLocal<Steps> steps = ThreadLocal.withInitial(Steps::new);

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
						(ExecutionListener) (execution) -> requireFew(execution, cardinality));
			}
			activity.addListener(ExecutionListener.EVENTNAME_START, this);
			listen(activity);
		}
	}

	/** The engine creates all instances before it executes the first. */
	private static void requireFew(DelegateExecution execution, Expression cardinality) {
		String instances = String.valueOf(cardinality.getValue(execution));
		if (!instances.matches("\\d{1,5}") || Integer.parseInt(instances) > MAX_INSTANCES) {
			throw new FormRefusedException("The process '%s' has %s instances at '%s'; at most %d are allowed"
				.formatted(ProcessKeys.of(execution), instances, execution.getCurrentActivityId(), MAX_INSTANCES));
		}
	}

	@Override
	public void notify(DelegateExecution execution) {
		int executed = this.steps.get().next(Context.getCommandContext());
		if (executed > MAX_STEPS) {
			throw new FormRefusedException(("The process '%s' executes more than %d steps without a wait at '%s'; "
					+ "add a timer, a user task or a condition that ends the loop")
				.formatted(ProcessKeys.of(execution), MAX_STEPS, execution.getCurrentActivityId()));
		}
	}

	/** The number of steps of the command that runs on a thread. */
	private static final class Steps {

		private WeakReference<CommandContext> command = new WeakReference<>(null);

		private int executed;

		private int next(CommandContext current) {
			if (this.command.get() != current) {
				this.command = new WeakReference<>(current);
				this.executed = 0;
			}
			return ++this.executed;
		}

	}

}
