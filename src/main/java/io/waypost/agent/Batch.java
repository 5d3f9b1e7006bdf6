package io.waypost.agent;

import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.waypost.kernel.TenantId;

/**
 * Messages that are processed together. A triggered journey is a batch of one.
 *
 * @param tenant tenant of the messages
 * @param messages in a stable order
 * @param recipients profiles and features of the recipients
 */
public record Batch(TenantId tenant, List<Message> messages, Recipients recipients) {

	public Batch {
		messages = List.copyOf(messages);
	}

	/**
	 * Applies a function to every message.
	 * @param change the function
	 * @return the new batch
	 */
	public Batch map(UnaryOperator<Message> change) {
		return new Batch(this.tenant, this.messages.stream().map(change).toList(), this.recipients);
	}

	/**
	 * Returns the messages that are neither stopped nor deferred.
	 * @return the active messages in order
	 */
	public List<Message> active() {
		return this.messages.stream().filter(Message::isActive).toList();
	}

	/**
	 * Applies a function to every active message.
	 * @param change the function
	 * @return the new batch
	 */
	public Batch mapActive(UnaryOperator<Message> change) {
		return map((message) -> message.isActive() ? change.apply(message) : message);
	}

	/**
	 * Applies a step to some of the messages.
	 * @param which selects the messages
	 * @param step processes a batch of them and returns the same messages
	 * @return the new batch, in the same order
	 */
	Batch mapRoute(Predicate<Message> which, UnaryOperator<Batch> step) {
		List<Message> selected = this.messages.stream().filter(which).toList();
		if (selected.isEmpty()) {
			return this;
		}
		Iterator<Message> processed = step.apply(new Batch(this.tenant, selected, this.recipients))
			.messages()
			.iterator();
		return map((message) -> which.test(message) ? processed.next() : message);
	}

	/** Returns a batch of one of the messages. */
	Batch only(Message message) {
		return new Batch(this.tenant, List.of(message), this.recipients);
	}

	/**
	 * Returns the only message of a triggered journey.
	 * @return the message
	 * @throws IllegalStateException when there is not exactly one
	 */
	public Message single() {
		if (this.messages.size() != 1) {
			throw new IllegalStateException("Expected a batch of one message but it has " + this.messages.size());
		}
		return this.messages.getFirst();
	}

}
