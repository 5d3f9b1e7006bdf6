package io.waypost.ingestion;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.waypost.access.InvalidRequestException;
import io.waypost.ingestion.parse.EventBatch;
import io.waypost.ingestion.parse.EventParseResult;
import io.waypost.ingestion.parse.EventParser;
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.ingestion.store.BatchIngestor;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ingests events of other modules. */
@Component
public class EventIngestion {

	private final BatchIngestor ingestor;

	private final EventParser parser;

	private final Clock clock;

	public EventIngestion(BatchIngestor ingestor, EventParser parser, Clock clock) {
		this.ingestor = ingestor;
		this.parser = parser;
		this.clock = clock;
	}

	/**
	 * Ingests events that Waypost itself produces, in the caller's transaction or in a
	 * new one.
	 * @param tenant the tenant
	 * @param events any number; duplicates by message id are dropped
	 * @return number of new events
	 */
	@Transactional
	public int record(TenantId tenant, List<InternalEvent> events) {
		return events.isEmpty() ? 0 : this.ingestor.ingestInternal(tenant, events, this.clock.instant());
	}

	/**
	 * Ingests events as {@code POST /v1/batch} does in strict mode, for modules that act
	 * as a source.
	 * @param tenant the tenant
	 * @param batch a body of that call
	 * @return number of new events
	 * @throws InvalidRequestException names each invalid value; then nothing is stored
	 */
	public int ingest(TenantId tenant, byte[] batch) {
		Instant receivedAt = this.clock.instant();
		List<ParsedEvent> parsed = new ArrayList<>();
		List<InvalidRequestException.Violation> violations = new ArrayList<>();
		for (EventParseResult reading : this.parser.parse(EventBatch.parseBatch(batch), null, receivedAt)) {
			switch (reading) {
				case EventParseResult.Parsed(ParsedEvent event) -> parsed.add(event);
				case EventParseResult.Rejected bad ->
					violations.add(new InvalidRequestException.Violation(bad.pointer(), bad.detail()));
			}
		}
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
		return this.ingestor.ingest(tenant, parsed, receivedAt, () -> {
		});
	}

}
