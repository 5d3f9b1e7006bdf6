package io.waypost.journey.step;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.waypost.agent.AgentFailed;
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
 * How a step of a journey calls an agent. Messages travel in memory inside one
 * transaction and are read again after a wait state. An agent that says it cannot do its
 * job ends in the path the model draws for {@code AGENT_FAILED}. A technical fault is
 * left to whoever runs the transaction, who tries again; only on its last try the fault
 * takes that path too, so that a message ends in fallback words or an explained stop and
 * never in silence.
 */
@Component
public class AgentStepRunner {

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

	/** Lets an agent work on the messages in hand. */
	public void run(DelegateExecution execution, UnaryOperator<Batch> agent) {
		JourneyContext context = JourneyContext.from(execution);
		keep(context, attempt(execution, () -> agent.apply(currentBatch(context))));
	}

	/** Leaves the messages for the next step, and where they stand for the gateways. */
	void keep(JourneyContext context, Batch batch) {
		this.currentBatch.keep(batch);
		context.note(batch.single());
	}

	/** The messages in hand, read again when a wait state lies behind them. */
	Batch currentBatch(JourneyContext context) {
		SendId send = context.send();
		return this.currentBatch.find(send).orElseGet(() -> this.orchestrator.resume(context.tenant(), List.of(send)));
	}

	/** Does the work of one step and turns failure into the path that the model draws. */
	public <T> T attempt(DelegateExecution execution, Supplier<T> work) {
		String step = execution.getCurrentActivityId();
		Timer.Sample time = Timer.start(this.meters);
		try {
			T result = this.attempts.isLast() ? savepoint(work) : work.get();
			measure(time, step, "done");
			return result;
		}
		catch (AgentFailed cannot) {
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
	 * A failed statement makes PostgreSQL refuse the rest of the transaction; behind a
	 * savepoint the fallback path can still work.
	 */
	@SuppressWarnings("NullAway") // the callback returns what the supplier returns
	private <T> T savepoint(Supplier<T> work) {
		return this.nested.execute((status) -> work.get());
	}

	private void measure(Timer.Sample time, String step, String outcome) {
		time.stop(this.meters.timer("waypost.journey.step.run", "step", step, "outcome", outcome));
	}

}
