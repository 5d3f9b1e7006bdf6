package io.waypost.ingestion.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.identity.Profiles;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.ingestion.IngestionConfiguration;
import io.waypost.ingestion.InternalEvent;
import io.waypost.ingestion.parse.ContentHash;
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in one batch in one transaction: drop duplicates, find out who it is about,
 * store, tell the other rooms. Everything is there when it returns, or nothing.
 */
@Component
public class BatchIngestor {

	/**
	 * A batch collides with another one about the same people now and then, not for long.
	 */
	private static final int ATTEMPTS = 10;

	private final TransactionTemplate transactions;

	private final EventRepository rows;

	private final Profiles profiles;

	private final IdGenerator ids;

	private final ApplicationEventPublisher publisher;

	private final MeterRegistry meters;

	public BatchIngestor(TransactionTemplate transactions, EventRepository rows, Profiles profiles, IdGenerator ids,
			ApplicationEventPublisher publisher, MeterRegistry meters) {
		this.transactions = transactions;
		this.rows = rows;
		this.profiles = profiles;
		this.ids = ids;
		this.publisher = publisher;
		this.meters = meters;
	}

	/**
	 * Takes in a batch.
	 * @param alsoStored runs in the same transaction: parks what could not be read
	 * @return how many were new
	 */
	public int ingest(TenantId tenant, List<ParsedEvent> incoming, Instant receivedAt, Runnable alsoStored) {
		int stored = repeatedly(() -> {
			alsoStored.run();
			return store(tenant, incoming, receivedAt);
		});
		count("stored", stored);
		count("duplicate", incoming.size() - stored);
		return stored;
	}

	/** Stores events of profiles that are known already, in the caller's transaction. */
	public int ingestInternal(TenantId tenant, List<InternalEvent> events, Instant receivedAt) {
		Map<UUID, InternalEvent> distinct = new LinkedHashMap<>();
		events.forEach((event) -> distinct.putIfAbsent(ContentHash.uuid(event.messageId()), event));
		distinct.keySet().retainAll(this.rows.insertMessageIds(tenant, List.copyOf(distinct.keySet()), receivedAt));
		Map<ProfileId, ProfileId> survivors = this.profiles.survivors(tenant,
				distinct.values().stream().map(InternalEvent::profile).distinct().toList());
		Instant received = receivedAt.truncatedTo(ChronoUnit.MICROS);
		List<Event> stored = new ArrayList<>();
		for (InternalEvent event : distinct.values()) {
			ProfileId profile = survivors.get(event.profile());
			// An erased profile has no history any more
			if (profile != null) {
				stored.add(new Event(this.ids.next(), profile, "track", event.name(),
						IngestionConfiguration.JSON.valueToTree(event.properties()),
						IngestionConfiguration.JSON.createObjectNode(),
						event.occurredAt().truncatedTo(ChronoUnit.MICROS), received, event.messageId()));
			}
		}
		return publish(tenant, stored);
	}

	private int store(TenantId tenant, List<ParsedEvent> incoming, Instant receivedAt) {
		Collection<ParsedEvent> fresh = withoutDuplicates(tenant, incoming, receivedAt);
		if (fresh.isEmpty()) {
			return 0;
		}
		List<ProfileId> owners = this.profiles.resolve(tenant, fresh.stream().map(ParsedEvent::observation).toList());
		Instant received = receivedAt.truncatedTo(ChronoUnit.MICROS);
		List<Event> events = new ArrayList<>(fresh.size());
		int i = 0;
		for (ParsedEvent event : fresh) {
			events.add(new Event(this.ids.next(), owners.get(i++), event.type(), event.name(), event.properties(),
					event.context(), event.occurredAt(), received, event.messageId()));
		}
		return publish(tenant, events);
	}

	private int publish(TenantId tenant, List<Event> events) {
		if (!events.isEmpty()) {
			events.sort(Comparator.comparing(Event::occurredAt));
			this.rows.append(tenant, events);
			this.publisher.publishEvent(new EventsRecorded(tenant, List.copyOf(events)));
		}
		return events.size();
	}

	private Collection<ParsedEvent> withoutDuplicates(TenantId tenant, List<ParsedEvent> incoming, Instant receivedAt) {
		Map<UUID, ParsedEvent> distinct = LinkedHashMap.newLinkedHashMap(incoming.size());
		incoming.forEach((event) -> distinct.putIfAbsent(ContentHash.uuid(event.messageId()), event));
		if (!distinct.isEmpty()) {
			Set<UUID> fresh = this.rows.insertMessageIds(tenant, List.copyOf(distinct.keySet()), receivedAt);
			distinct.keySet().retainAll(fresh);
		}
		return distinct.values();
	}

	private int repeatedly(IntSupplier work) {
		for (int attempt = 1;; attempt++) {
			try {
				Integer result = this.transactions.execute((status) -> {
					this.rows.useGenericPlans();
					return work.getAsInt();
				});
				return (result != null) ? result : 0;
			}
			catch (ConcurrencyFailureException ex) {
				this.meters.counter("waypost.ingestion.batch.repeat", "outcome", "collided").increment();
				if (attempt == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	public void count(String outcome, int events) {
		this.meters.counter("waypost.ingestion.event.record", "outcome", outcome).increment(events);
	}

}
