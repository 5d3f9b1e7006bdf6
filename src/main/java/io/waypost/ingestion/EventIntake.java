package io.waypost.ingestion;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.waypost.access.InvalidRequest;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The front door for events. */
@Component
public class EventIntake {

	private final Intake intake;

	private final EventReader reader;

	private final Clock clock;

	EventIntake(Intake intake, EventReader reader, Clock clock) {
		this.intake = intake;
		this.reader = reader;
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

	/**
	 * Takes in messages as {@code POST /v1/batch} would in strict mode, for rooms that
	 * speak for a source.
	 * @param tenant whose events
	 * @param batch a body of that call
	 * @return how many were new
	 * @throws InvalidRequest naming what cannot be read; then nothing was taken in
	 */
	public int take(TenantId tenant, byte[] batch) {
		Instant receivedAt = this.clock.instant();
		List<Incoming> readable = new ArrayList<>();
		List<InvalidRequest.Violation> violations = new ArrayList<>();
		for (Reading reading : this.reader.read(Envelope.batch(batch), null, receivedAt)) {
			switch (reading) {
				case Reading.Readable(Incoming event) -> readable.add(event);
				case Reading.Unreadable bad ->
					violations.add(new InvalidRequest.Violation(bad.pointer(), bad.detail()));
			}
		}
		if (!violations.isEmpty()) {
			throw InvalidRequest.body(violations);
		}
		return this.intake.take(tenant, readable, receivedAt, () -> {
		});
	}

}
