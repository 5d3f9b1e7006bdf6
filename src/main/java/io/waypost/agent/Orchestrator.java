package io.waypost.agent;

import java.util.Collection;
import java.util.List;

import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Saves state at the borders of the agent chain and hands finished messages to delivery.
 */
@Component
public class Orchestrator {

	/**
	 * Plans a send for each request and puts the messages in hand.
	 * @param tenant whose
	 * @param requests what a journey asks for; asking again gives the same sends
	 * @return the batch
	 */
	public Batch open(TenantId tenant, List<MessageRequest> requests) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Puts saved messages back in hand, after a wait state.
	 * @param tenant whose
	 * @param sends which
	 * @return the batch
	 */
	public Batch resume(TenantId tenant, Collection<SendId> sends) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Hands the messages to the dispatcher.
	 * @param batch permitted, written and inspected messages
	 * @return the same messages
	 */
	public Batch submit(Batch batch) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Ends the messages without sending, with their reason.
	 * @param batch the messages in hand
	 * @return the same messages
	 */
	public Batch withhold(Batch batch) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Saves the messages until their next window.
	 * @param batch the messages in hand
	 * @return the same messages
	 */
	public Batch defer(Batch batch) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Saves the messages for a person to review.
	 * @param batch the messages in hand
	 * @return the same messages
	 */
	public Batch flag(Batch batch) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Applies what a reviewer decided: approved goes on, changes replace the words and go
	 * on to another inspection, rejected stops.
	 * @param batch the flagged messages
	 * @param review what was decided
	 * @return the same messages with their route
	 */
	public Batch apply(Batch batch, Review review) {
		throw new UnsupportedOperationException();
	}

}
