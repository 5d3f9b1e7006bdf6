package io.waypost.ingestion;

import java.time.Clock;
import java.util.List;

import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The front door for events. */
@Component
public class EventIntake {

	private final Intake intake;

	private final Clock clock;

	EventIntake(Intake intake, Clock clock) {
		this.intake = intake;
		this.clock = clock;
	}

	/**
	 * Takes in events that Waypost observed itself, in the caller's transaction or one of
	 * its own.
	 * @param tenant whose events
	 * @param events any number; duplicates by message id are dropped
	 * @return how many were new
	 */
	@Transactional
	public int record(TenantId tenant, List<InternalEvent> events) {
		return events.isEmpty() ? 0 : this.intake.record(tenant, events, this.clock.instant());
	}

}
