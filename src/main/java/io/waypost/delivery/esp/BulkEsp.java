package io.waypost.delivery.esp;

import java.util.List;

/** A provider that takes many messages with one request. */
public interface BulkEsp extends Esp {

	/**
	 * Makes exactly one attempt for each message, without retries of its own and with a
	 * bounded time.
	 * @param emails what to send
	 * @return what came of each, in their order; never throws for an answer or a fault
	 */
	List<SubmitOutcome> submitAll(List<OutboundEmail> emails);

}
