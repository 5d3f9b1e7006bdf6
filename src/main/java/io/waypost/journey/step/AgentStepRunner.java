package io.waypost.journey.step;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.waypost.agent.AgentFailedException;
import io.waypost.agent.Batch;
import io.waypost.agent.Orchestrator;
import io.waypost.journey.engine.JobAttempts;
import io.waypost.journey.run.JourneyContext;
import io.waypost.journey.run.JourneyVariables;
import io.waypost.kernel.SendId;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs an agent as a step of a journey. Messages stay in memory inside one transaction
 * and are read from the database again after a wait state. An agent that fails leads to
 * the boundary event for {@code AGENT_FAILED} in the model. A technical fault is thrown,
 * so that the engine retries the job. On the last attempt the fault leads to the boundary
 * event too, so that the message ends with fallback content or is withheld with a reason,
 * and never without a result.
 */
@Component
class AgentStepRunner {

	/** Error code of the boundary events in the models. */
	static final String AGENT_FAILED = "AGENT_FAILED";

	private static final Logger log = LoggerFactory.getLogger(AgentStepRunner.class);

	private final Orchestrator orchestrator;

	private final BatchContext currentBatch;

	private final JobAttempts attempts;

	private final TransactionTemplate nested;

	private final MeterRegistry meters;

	AgentStepRunner(Orchestrator orchestrator, BatchContext currentBatch, JobAttempts attempts,
			PlatformTransactionManager transactions, MeterRegistry meters) {
		this.orchestrator = orchestrator;
		this.currentBatch = currentBatch;
		this.attempts = attempts;
		this.nested = new TransactionTemplate(transactions);
		this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		this.meters = meters;
	}

	/** Runs an agent on the batch of this execution. */
	void run(DelegateExecution execution, UnaryOperator<Batch> agent) {
		JourneyContext context = JourneyContext.from(execution);
		store(context, attempt(execution, () -> agent.apply(currentBatch(context))));
	}

	/** Runs work that stores the message in the database. */
	void runSaved(DelegateExecution execution, UnaryOperator<Batch> work) {
		JourneyContext context = JourneyContext.from(execution);
		storeSaved(context, attempt(execution, () -> work.apply(currentBatch(context))));
	}

	/** Like {@link #store}, for a batch that the database has in the same state. */
	void storeSaved(JourneyContext context, Batch batch) {
		this.currentBatch.storeSaved(batch);
		context.writeVariables(batch.single());
	}

	/** Stores the batch for the next step and sets the variables that gateways read. */
	void store(JourneyContext context, Batch batch) {
		this.currentBatch.store(batch);
		context.writeVariables(batch.single());
	}

	/** Returns the batch of this execution, read from the database after a wait state. */
	Batch currentBatch(JourneyContext context) {
		SendId send = context.send();
		return this.currentBatch.find(send).orElseGet(() -> this.orchestrator.resume(context.tenant(), List.of(send)));
	}

	/**
	 * Runs the work of one step and turns a failure into the error of the boundary event.
	 */
	<T> T attempt(DelegateExecution execution, Supplier<T> work) {
		String step = execution.getCurrentActivityId();
		Timer.Sample time = Timer.start(this.meters);
		try {
			T result = this.attempts.isLast() ? savepoint(work) : work.get();
			measure(time, step, "done");
			return result;
		}
		catch (AgentFailedException ex) {
			measure(time, step, "failed");
			log.warn("Step '{}' of run {} failed: {}", step, run(execution), ex.getMessage());
			throw new BpmnError(AGENT_FAILED, ex.getMessage());
		}
		catch (RuntimeException | StackOverflowError ex) {
			measure(time, step, "fault");
			if (!this.attempts.isLast()) {
				throw ex;
			}
			log.error("Last attempt of step '{}' of run {} failed; the message takes the path {}", step, run(execution),
					AGENT_FAILED, ex);
			throw new BpmnError(AGENT_FAILED, "Technical fault: " + ex.getClass().getSimpleName(), ex);
		}
	}

	/**
	 * Runs work after a savepoint. A failed statement makes PostgreSQL refuse the rest of
	 * the transaction; with a savepoint the fallback path can still work.
	 */
	@SuppressWarnings("NullAway") // the callback returns what the supplier returns
	private <T> T savepoint(Supplier<T> work) {
		return this.nested.execute((status) -> work.get());
	}

	/** Id of the run, for the log; read without failing when the variable is missing. */
	private static @Nullable Object run(DelegateExecution execution) {
		return execution.getVariable(JourneyVariables.RUN);
	}

	private void measure(Timer.Sample time, String step, String outcome) {
		time.stop(this.meters.timer("waypost.journey.step.run", "step", step, "outcome", outcome));
	}

}
