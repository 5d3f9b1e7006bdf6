package io.waypost.ingestion;

import java.util.List;

import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** The front door for events. */
@Component
public class EventIntake {

	/**
	 * Takes in events that Waypost observed itself, in the caller's transaction or one of
	 * its own.
	 * @param tenant whose events
	 * @param events any number; duplicates by message id are dropped
	 * @return how many were new
	 */
	public int record(TenantId tenant, List<InternalEvent> events) {
		throw new UnsupportedOperationException();
	}

}
