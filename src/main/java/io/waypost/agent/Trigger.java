package io.waypost.agent;

import java.util.List;

import io.waypost.ingestion.Event;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Turns events into journeys by {@code dmn/trigger-rules.dmn}. */
@Component
public class Trigger {

	/**
	 * Matches a batch of events, in order.
	 * @param tenant whose
	 * @param events new events, ordered by time
	 * @return what they ask for, in the same order
	 */
	public List<TriggerMatch> match(TenantId tenant, List<Event> events) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Asks again, after a wait, whether what started a journey still holds: the cart
	 * still has items, nothing was ordered since, a quiet customer is still quiet.
	 * @param tenant whose
	 * @param requests what the journeys are about to ask for
	 * @return an answer for each request, in the same order
	 */
	public List<Standing> stillStand(TenantId tenant, List<MessageRequest> requests) {
		throw new UnsupportedOperationException();
	}

}
