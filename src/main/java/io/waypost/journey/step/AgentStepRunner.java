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
import io.waypost.kernel.SendId;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs an agent as a step of a journey. Messages stay in memory inside one transaction
 * and are read from the database again after a wait state. An agent that cannot do its
 * job ends in the path that the model draws for {@code AGENT_FAILED}. A technical fault
 * is thrown, so that the job is tried again. On the last try the fault takes the {@code
 * AGENT_FAILED} path too, so that the message ends in fallback content or an explained
 * stop and never without a result.
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

	AgentStepRunner(Orchestrator orchestrator, BatchContext inHand, JobAttempts attempts,
			PlatformTransactionManager transactions, MeterRegistry meters) {
		this.orchestrator = orchestrator;
		this.currentBatch = inHand;
		this.attempts = attempts;
		this.nested = new TransactionTemplate(transactions);
		this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		this.meters = meters;
	}

	/** Runs an agent on the batch of this execution. */
	void run(DelegateExecution execution, UnaryOperator<Batch> agent) {
		JourneyContext context = JourneyContext.from(execution);
		keep(context, attempt(execution, () -> agent.apply(currentBatch(context))));
	}

	/** Keeps the batch for the next step and sets the variables that gateways read. */
	void keep(JourneyContext context, Batch batch) {
		this.currentBatch.keep(batch);
		context.note(batch.single());
	}

	/** Returns the batch of this execution, read from the database after a wait state. */
	Batch currentBatch(JourneyContext context) {
		SendId send = context.send();
		return this.currentBatch.find(send).orElseGet(() -> this.orchestrator.resume(context.tenant(), List.of(send)));
	}

	/** Runs the work of one step and turns failure into the path that the model draws. */
	<T> T attempt(DelegateExecution execution, Supplier<T> work) {
		String step = execution.getCurrentActivityId();
		Timer.Sample time = Timer.start(this.meters);
		try {
			T result = this.attempts.isLast() ? savepoint(work) : work.get();
			measure(time, step, "done");
			return result;
		}
		catch (AgentFailedException cannot) {
			measure(time, step, "failed");
			log.warn("Agent failed at {}: {}", step, cannot.getMessage());
			throw new BpmnError(AGENT_FAILED, cannot.getMessage());
		}
		catch (RuntimeException fault) {
			measure(time, step, "fault");
			if (!this.attempts.isLast()) {
				throw fault;
			}
			log.error("Last try failed at {}", step, fault);
			throw new BpmnError(AGENT_FAILED, "Technical fault: " + fault.getClass().getSimpleName(), fault);
		}
	}

	/**
	 * Runs work behind a savepoint. A failed statement makes PostgreSQL refuse the rest
	 * of the transaction; behind a savepoint the fallback path can still work.
	 */
	@SuppressWarnings("NullAway") // the callback returns what the supplier returns
	private <T> T savepoint(Supplier<T> work) {
		return this.nested.execute((status) -> work.get());
	}

	private void measure(Timer.Sample time, String step, String outcome) {
		time.stop(this.meters.timer("waypost.journey.step.run", "step", step, "outcome", outcome));
	}

}
