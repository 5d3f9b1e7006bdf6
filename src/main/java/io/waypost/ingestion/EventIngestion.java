package io.waypost.ingestion;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.waypost.access.InvalidRequest;
import io.waypost.ingestion.parse.EventBatch;
import io.waypost.ingestion.parse.EventParseResult;
import io.waypost.ingestion.parse.EventParser;
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.ingestion.store.BatchIngestor;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The front door for events. */
@Component
public class EventIngestion {

	private final BatchIngestor intake;

	private final EventParser reader;

	private final Clock clock;

	public EventIngestion(BatchIngestor intake, EventParser reader, Clock clock) {
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
		return events.isEmpty() ? 0 : this.intake.ingestInternal(tenant, events, this.clock.instant());
	}

	/**
	 * Takes in messages as {@code POST /v1/batch} would in strict mode, for rooms that
	 * speak for a source.
	 * @param tenant whose events
	 * @param batch a body of that call
	 * @return how many were new
	 * @throws InvalidRequest naming what cannot be read; then nothing was taken in
	 */
	public int ingest(TenantId tenant, byte[] batch) {
		Instant receivedAt = this.clock.instant();
		List<ParsedEvent> readable = new ArrayList<>();
		List<InvalidRequest.Violation> violations = new ArrayList<>();
		for (EventParseResult reading : this.reader.parse(EventBatch.parseBatch(batch), null, receivedAt)) {
			switch (reading) {
				case EventParseResult.Parsed(ParsedEvent event) -> readable.add(event);
				case EventParseResult.Rejected bad ->
					violations.add(new InvalidRequest.Violation(bad.pointer(), bad.detail()));
			}
		}
		if (!violations.isEmpty()) {
			throw InvalidRequest.badRequest(violations);
		}
		return this.intake.ingest(tenant, readable, receivedAt, () -> {
		});
	}

}
