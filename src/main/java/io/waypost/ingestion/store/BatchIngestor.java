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
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ingests one batch in one transaction: drops duplicates, resolves identities, stores the
 * events and publishes them to the other modules. Either everything is stored when it
 * returns, or nothing.
 */
@Component
public class BatchIngestor {

	/**
	 * Attempts for a batch that collides with others for the same profiles.
	 */
	private static final int ATTEMPTS = 10;

	private final TransactionTemplate transactions;

	private final EventRepository repository;

	private final Profiles profiles;

	private final IdGenerator ids;

	private final ApplicationEventPublisher publisher;

	private final MeterRegistry meters;

	public BatchIngestor(TransactionTemplate transactions, EventRepository repository, Profiles profiles,
			IdGenerator ids, ApplicationEventPublisher publisher, MeterRegistry meters) {
		this.transactions = transactions;
		this.repository = repository;
		this.profiles = profiles;
		this.ids = ids;
		this.publisher = publisher;
		this.meters = meters;
	}

	/**
	 * Ingests a batch.
	 * @param inTransaction runs in the same transaction, for example to store failed
	 * events
	 * @return number of new events
	 */
	public int ingest(TenantId tenant, List<ParsedEvent> events, Instant receivedAt, Runnable inTransaction) {
		int stored = withRetries(() -> {
			inTransaction.run();
			return store(tenant, events, receivedAt);
		});
		count("stored", stored);
		count("duplicate", events.size() - stored);
		return stored;
	}

	/** Ingests events of existing profiles in the caller's transaction. */
	public int ingestInternal(TenantId tenant, List<InternalEvent> events, Instant receivedAt) {
		Map<UUID, InternalEvent> distinct = new LinkedHashMap<>();
		events.forEach((event) -> distinct.putIfAbsent(messageIdHash(event.messageId()), event));
		distinct.keySet()
			.retainAll(this.repository.insertMessageIds(tenant, List.copyOf(distinct.keySet()), receivedAt));
		Map<ProfileId, ProfileId> survivors = this.profiles.survivors(tenant,
				distinct.values().stream().map(InternalEvent::profile).distinct().toList());
		Instant received = receivedAt.truncatedTo(ChronoUnit.MICROS);
		List<Event> stored = new ArrayList<>();
		for (InternalEvent event : distinct.values()) {
			ProfileId profile = survivors.get(event.profile());
			// The profile was erased
			if (profile != null) {
				stored.add(new Event(this.ids.next(), profile, "track", event.name(),
						IngestionConfiguration.JSON.valueToTree(event.properties()),
						IngestionConfiguration.JSON.createObjectNode(),
						event.occurredAt().truncatedTo(ChronoUnit.MICROS), received, event.messageId()));
			}
		}
		return publish(tenant, stored, received);
	}

	private static UUID messageIdHash(String messageId) {
		return Fingerprint.ofText(messageId).half();
	}

	private int store(TenantId tenant, List<ParsedEvent> events, Instant receivedAt) {
		Collection<ParsedEvent> newEvents = withoutDuplicates(tenant, events, receivedAt);
		if (newEvents.isEmpty()) {
			return 0;
		}
		List<ProfileId> owners = this.profiles.resolve(tenant,
				newEvents.stream().map(ParsedEvent::observation).toList());
		Instant received = receivedAt.truncatedTo(ChronoUnit.MICROS);
		List<Event> stored = new ArrayList<>(newEvents.size());
		int i = 0;
		for (ParsedEvent event : newEvents) {
			stored.add(new Event(this.ids.next(), owners.get(i++), event.type(), event.name(), event.properties(),
					event.context(), event.occurredAt(), received, event.messageId()));
		}
		return publish(tenant, stored, received);
	}

	private int publish(TenantId tenant, List<Event> events, Instant received) {
		if (!events.isEmpty()) {
			events.sort(Comparator.comparing(Event::occurredAt));
			this.repository.append(tenant, events, received);
			this.publisher.publishEvent(new EventsRecorded(tenant, List.copyOf(events)));
		}
		return events.size();
	}

	private Collection<ParsedEvent> withoutDuplicates(TenantId tenant, List<ParsedEvent> events, Instant receivedAt) {
		Map<UUID, ParsedEvent> distinct = LinkedHashMap.newLinkedHashMap(events.size());
		events.forEach((event) -> distinct.putIfAbsent(messageIdHash(event.messageId()), event));
		if (!distinct.isEmpty()) {
			Set<UUID> newEvents = this.repository.insertMessageIds(tenant, List.copyOf(distinct.keySet()), receivedAt);
			distinct.keySet().retainAll(newEvents);
		}
		return distinct.values();
	}

	private int withRetries(IntSupplier work) {
		for (int attempt = 1;; attempt++) {
			try {
				Integer result = this.transactions.execute((status) -> {
					this.repository.useGenericPlans();
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
