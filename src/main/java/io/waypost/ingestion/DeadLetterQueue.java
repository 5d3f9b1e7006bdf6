package io.waypost.ingestion;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.waypost.access.InvalidRequest;
import io.waypost.ingestion.deadletter.DeadLetterRepository;
import io.waypost.ingestion.parse.EventBatch;
import io.waypost.ingestion.parse.EventParseResult;
import io.waypost.ingestion.parse.EventParser;
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.ingestion.store.BatchIngestor;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** What could not be taken in, and the way to try it again. */
@Component
public class DeadLetterQueue {

	private final DeadLetterRepository letters;

	private final EventParser reader;

	private final BatchIngestor intake;

	DeadLetterQueue(DeadLetterRepository letters, EventParser reader, BatchIngestor intake) {
		this.letters = letters;
		this.reader = reader;
		this.intake = intake;
	}

	/**
	 * Lists dead letters, newest first.
	 * @param tenant whose
	 * @param limit 1 to 500
	 * @param cursor from the page before, or null
	 * @return one page
	 */
	public Page<DeadLetter> list(TenantId tenant, int limit, @Nullable UUID cursor) {
		return this.letters.list(tenant, Math.clamp(limit, 1, 500), cursor);
	}

	/**
	 * Reads a payload again, as if it came in when it did: rules may be kinder by now.
	 * @param tenant whose
	 * @param id which
	 * @return how many new events came of it
	 * @throws InvalidRequest when nothing waits under this id, or it still cannot be read
	 */
	public int replay(TenantId tenant, UUID id) {
		DeadLetterRepository.PendingDeadLetter waiting = this.letters.lockPending(tenant, id)
			.orElseThrow(() -> InvalidRequest
				.notFound("No dead letter %s is waiting; GET /api/v1/dead-letters lists those that are".formatted(id)));
		EventBatch envelope = EventBatch.parseBatch(waiting.payload());
		List<ParsedEvent> readable = new ArrayList<>();
		for (EventParseResult reading : this.reader.parse(envelope, envelope.type(), waiting.receivedAt())) {
			switch (reading) {
				case EventParseResult.Parsed(ParsedEvent event) -> readable.add(event);
				case EventParseResult.Rejected bad -> throw InvalidRequest
					.conflict("Dead letter %s still cannot be read: %s %s".formatted(id, bad.pointer(), bad.detail()));
			}
		}
		return this.intake.ingest(tenant, readable, waiting.receivedAt(), () -> this.letters.markReplayed(tenant, id));
	}

}
