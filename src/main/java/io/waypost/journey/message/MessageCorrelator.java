package io.waypost.journey.message;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.MessageCorrelationResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Delivers pending messages to runs, each in its own transaction. A message for a run
 * that does not wait for it now is tried again with growing pauses until the run ends.
 */
@Component
public class MessageCorrelator {

	private static final Logger log = LoggerFactory.getLogger(MessageCorrelator.class);

	private final PendingMessages messages;

	private final RuntimeService engine;

	private final TransactionTemplate transaction;

	private final Clock clock;

	private final MeterRegistry meters;

	MessageCorrelator(PendingMessages messages, RuntimeService engine, PlatformTransactionManager transactions,
			Clock clock, MeterRegistry meters) {
		this.messages = messages;
		this.engine = engine;
		this.transaction = new TransactionTemplate(transactions);
		this.clock = clock;
		this.meters = meters;
	}

	/**
	 * Delivers one due message.
	 * @return how many were claimed: one or none
	 */
	public int correlateNext() {
		List<PendingMessages.PendingMessage> claimed = new ArrayList<>();
		try {
			this.transaction.executeWithoutResult((status) -> {
				claimed.addAll(this.messages.claimDue(this.clock.instant()));
				claimed.forEach(this::deliver);
			});
		}
		catch (OptimisticLockingException ex) {
			claimed.forEach((message) -> retry(message, "busy"));
		}
		catch (RuntimeException | StackOverflowError ex) {
			if (claimed.isEmpty()) {
				log.warn("Pending messages could not be read; they are retried", ex);
			}
			claimed.forEach((message) -> {
				log.warn("Message '{}' could not be delivered to run {}; it is retried", message.message(),
						message.run(), ex);
				retry(message, "fault");
			});
		}
		return claimed.size();
	}

	private void deliver(PendingMessages.PendingMessage message) {
		List<MessageCorrelationResult> waiting = this.engine.createMessageCorrelation(message.message())
			.processInstanceId(message.instance())
			.correlateAllWithResult();
		if (waiting.isEmpty()) {
			retry(message, "not_waiting");
			return;
		}
		this.messages.delete(message);
		this.meters.counter("waypost.journey.message.deliver", "outcome", "taken").increment();
	}

	private void retry(PendingMessages.PendingMessage message, String outcome) {
		this.meters.counter("waypost.journey.message.deliver", "outcome", outcome).increment();
		Duration pause = Duration.ofMillis(250L << Math.min(message.attempts(), 8));
		this.messages.postpone(message, this.clock.instant().plus(pause));
	}

}
