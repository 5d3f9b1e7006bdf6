package io.waypost.delivery.esp;

import java.util.List;

/** A provider that accepts many messages in one request. */
public interface BulkEsp extends Esp {

	/**
	 * Makes exactly one attempt for each message, without retries and within a bounded
	 * time.
	 * @param emails messages to submit
	 * @return the outcome of each, in the same order; never throws for an answer or a
	 * network fault
	 */
	List<SubmitOutcome> submitAll(List<OutboundEmail> emails);

}
