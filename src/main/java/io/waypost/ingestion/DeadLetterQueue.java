package io.waypost.ingestion;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.ingestion.deadletter.CorrectionCheck;
import io.waypost.ingestion.deadletter.DeadLetterRepository;
import io.waypost.ingestion.deadletter.DeadLetterRepository.StoredDeadLetter;
import io.waypost.ingestion.deadletter.PayloadMask;
import io.waypost.ingestion.parse.EventBatch;
import io.waypost.ingestion.parse.EventParseResult;
import io.waypost.ingestion.parse.EventParser;
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.ingestion.store.BatchIngestor;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists, edits and replays failed events: events that could not be ingested. */
@Component
public class DeadLetterQueue {

	private final DeadLetterRepository repository;

	private final EventParser parser;

	private final BatchIngestor ingestor;

	private final Ledger ledger;

	private final Clock clock;

	DeadLetterQueue(DeadLetterRepository repository, EventParser parser, BatchIngestor ingestor, Ledger ledger,
			Clock clock) {
		this.repository = repository;
		this.parser = parser;
		this.ingestor = ingestor;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Lists failed events, newest first.
	 * @param tenant the tenant
	 * @param limit 1 to 500
	 * @param cursor cursor of the previous page, or null
	 * @return one page
	 */
	public Page<DeadLetter> list(TenantId tenant, int limit, @Nullable String cursor) {
		return this.repository.list(tenant, Cursor.limit(limit), cursor);
	}

	/**
	 * Reads a failed event with its event, as a caller may see it.
	 * @param caller the caller
	 * @param id id of the failed event
	 * @return the failed event
	 * @throws InvalidRequestException when there is no such failed event
	 */
	public DeadLetterContent read(Caller caller, UUID id) {
		StoredDeadLetter stored = find(caller.tenant(), id);
		boolean masked = !AccessRight.READ_IDENTIFIERS.isGrantedTo(caller)
				&& !AccessRight.REPLAY_FAILED_EVENTS.isGrantedTo(caller);
		JsonNode current = event(stored.current());
		JsonNode original = (stored.edited() != null) ? event(stored.original()) : null;
		return new DeadLetterContent(stored.failedEvent(), masked ? PayloadMask.apply(current) : current,
				(masked && original != null) ? PayloadMask.apply(original) : original);
	}

	/**
	 * Corrects the event of a failed event before it is replayed. The original stays
	 * stored; the ledger records who edited it.
	 * @param caller who edits it
	 * @param id id of the failed event
	 * @param event the corrected event
	 * @throws InvalidRequestException when the failed event is not pending, or when the
	 * event cannot be ingested or changes more than the caller may; it names each invalid
	 * value
	 */
	@Transactional
	public void edit(Caller caller, UUID id, JsonNode event) {
		TenantId tenant = caller.tenant();
		StoredDeadLetter stored = pending(tenant, id);
		requireAllowed(stored, event, caller);
		byte[] payload = EventBatch.replaceEvent(stored.original(), event);
		for (EventParseResult result : parse(payload, stored.failedEvent().receivedAt())) {
			if (result instanceof EventParseResult.Rejected rejected) {
				throw InvalidRequestException.badRequest(rejected.pointer().replaceFirst("^/batch/0", "/event"),
						rejected.detail());
			}
		}
		if (!this.repository.edit(tenant, id, payload, caller.actor())) {
			throw notPending(id);
		}
		record("deadletter.edited", tenant, caller.actor(), stored.failedEvent());
	}

	/**
	 * Ingests the event of a failed event as if it were received at its original time.
	 * The ledger records who replayed it.
	 * @param tenant the tenant
	 * @param actor who replays it, as the ledger shows it
	 * @param id id of the failed event
	 * @return number of new events; 0 when the message id was already ingested
	 * @throws InvalidRequestException when the failed event is not pending, or when the
	 * event still cannot be ingested
	 */
	public int replay(TenantId tenant, String actor, UUID id) {
		StoredDeadLetter stored = pending(tenant, id);
		DeadLetter failedEvent = stored.failedEvent();
		List<ParsedEvent> parsed = new ArrayList<>();
		for (EventParseResult result : parse(stored.current(), failedEvent.receivedAt())) {
			switch (result) {
				case EventParseResult.Parsed(ParsedEvent event) -> parsed.add(event);
				case EventParseResult.Rejected rejected -> throw InvalidRequestException
					.conflict("Failed event %s still cannot be ingested: %s %s; edit it first".formatted(id,
							rejected.pointer(), rejected.detail()));
			}
		}
		return this.ingestor.ingest(tenant, parsed, failedEvent.receivedAt(), () -> {
			if (!this.repository.markReplayed(tenant, failedEvent)) {
				throw InvalidRequestException
					.conflict("Failed event %s was edited or replayed by another request; load it again".formatted(id));
			}
			record("deadletter.replayed", tenant, actor, failedEvent);
		});
	}

	private void record(String kind, TenantId tenant, String actor, DeadLetter failedEvent) {
		this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant().truncatedTo(ChronoUnit.MICROS), kind,
				"deadletter:" + failedEvent.id(), actor, Map.of("reason", failedEvent.reason()))));
	}

	private List<EventParseResult> parse(byte[] payload, Instant receivedAt) {
		EventBatch batch = EventBatch.parseBatch(payload);
		return this.parser.parse(batch, batch.type(), receivedAt);
	}

	private StoredDeadLetter pending(TenantId tenant, UUID id) {
		StoredDeadLetter stored = find(tenant, id);
		if (stored.failedEvent().replayedAt() != null) {
			throw notPending(id);
		}
		return stored;
	}

	private StoredDeadLetter find(TenantId tenant, UUID id) {
		return this.repository.find(tenant, id).orElseThrow(() -> notPending(id));
	}

	private static void requireAllowed(StoredDeadLetter stored, JsonNode event, Caller caller) {
		String failedAt = stored.failedEvent().pointer().replaceFirst("^/batch/\\d+", "");
		List<Violation> problems = CorrectionCheck.problems(readable(stored.original()), failedAt, event, caller);
		if (!problems.isEmpty()) {
			throw InvalidRequestException.badRequest(problems);
		}
	}

	private static @Nullable JsonNode readable(byte[] payload) {
		JsonNode event = event(payload);
		return event.isObject() ? event : null;
	}

	private static JsonNode event(byte[] payload) {
		JsonNode event = EventBatch.parseBatch(payload).events().getFirst().json();
		if (event instanceof ObjectNode object) {
			object.remove("writeKey");
		}
		return event;
	}

	private static InvalidRequestException notPending(UUID id) {
		return InvalidRequestException
			.notFound("No failed event %s is pending; GET /api/v1/dead-letters lists pending ones".formatted(id));
	}

}
