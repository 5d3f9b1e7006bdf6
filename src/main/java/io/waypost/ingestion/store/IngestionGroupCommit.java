package io.waypost.ingestion.store;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.kernel.TenantId;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Group commit: stores requests that wait at the same time in one transaction, which pays
 * the fixed cost of a transaction once. The number of concurrent transactions is limited
 * to the number of processors. A request that finds a free slot is stored at once;
 * otherwise it waits, and the next leader stores it together with all waiting requests of
 * the same tenant. No request waits for others to arrive.
 */
@Component
public class IngestionGroupCommit {

	/** Limits a transaction, and so the waiting time of its requests. */
	private static final int MAX_EVENTS = 1000;

	/** While one transaction waits for a lock or the disk, another one can run. */
	private static final int MIN_SLOTS = 2;

	private final Store store;

	private final MeterRegistry meters;

	private final Deque<Request> waiting = new ArrayDeque<>();

	private int freeSlots;

	@Autowired
	public IngestionGroupCommit(BatchIngestor ingestor, MeterRegistry meters) {
		this(ingestor::ingest, Math.max(MIN_SLOTS, Runtime.getRuntime().availableProcessors()), meters);
	}

	IngestionGroupCommit(Store store, int slots, MeterRegistry meters) {
		this.store = store;
		this.freeSlots = slots;
		this.meters = meters;
	}

	/** {@link BatchIngestor#ingest}; tests replace it. */
	interface Store {

		int ingest(TenantId tenant, List<ParsedEvent> events, Instant receivedAt, Runnable inTransaction);

	}

	/**
	 * Ingests the events of one request. They are durable when this returns.
	 * @param inTransaction runs in the same transaction, for example to store failed
	 * events
	 * @throws RuntimeException when nothing of the request was stored
	 */
	public void ingest(TenantId tenant, List<ParsedEvent> events, Instant receivedAt, Runnable inTransaction) {
		Request request = new Request(tenant, events, receivedAt, inTransaction, new CompletableFuture<>());
		if (leads(request) || request.awaitSignal() == Signal.LEAD) {
			lead(request);
		}
	}

	/** Returns the number of waiting requests. */
	synchronized int waiting() {
		return this.waiting.size();
	}

	private synchronized boolean leads(Request request) {
		if (this.freeSlots == 0) {
			this.waiting.add(request);
			return false;
		}
		this.freeSlots--;
		return true;
	}

	private void lead(Request leader) {
		List<Request> followers = followers(leader);
		try {
			if (followers.isEmpty()) {
				storeAlone(leader);
			}
			else {
				storeTogether(leader, followers);
			}
		}
		finally {
			passSlotOn();
		}
	}

	private synchronized List<Request> followers(Request leader) {
		List<Request> followers = new ArrayList<>();
		int events = leader.events().size();
		Iterator<Request> others = this.waiting.iterator();
		while (others.hasNext() && events < MAX_EVENTS) {
			Request other = others.next();
			if (other.tenant().equals(leader.tenant()) && events + other.events().size() <= MAX_EVENTS) {
				events += other.events().size();
				followers.add(other);
				others.remove();
			}
		}
		return followers;
	}

	private synchronized void passSlotOn() {
		Request next = this.waiting.poll();
		if (next != null) {
			next.signal().complete(Signal.LEAD);
		}
		else {
			this.freeSlots++;
		}
	}

	/**
	 * Stores requests that cannot be stored together one by one, so that no request fails
	 * because of another.
	 */
	private void storeTogether(Request leader, List<Request> followers) {
		List<Request> group = new ArrayList<>(followers);
		group.addFirst(leader);
		boolean stored = isStoredOrRefused(group, followers);
		count(stored ? "together" : "apart");
		if (stored) {
			followers.forEach((one) -> one.signal().complete(Signal.STORED));
		}
		else {
			followers.forEach(this::storeFollower);
			storeAlone(leader);
		}
	}

	private boolean isStored(List<Request> group) {
		try {
			this.store.ingest(group.getFirst().tenant(),
					group.stream().flatMap((one) -> one.events().stream()).toList(), latest(group),
					() -> group.forEach((one) -> one.inTransaction().run()));
			return true;
		}
		catch (DataAccessResourceFailureException | CannotCreateTransactionException
				| TransactionSystemException unavailable) {
			throw unavailable;
		}
		catch (RuntimeException | Error ex) {
			// Each request is repeated alone and gets its own error
			return false;
		}
	}

	/**
	 * While the database is unavailable, all requests of the group fail at once instead
	 * of waiting one by one.
	 */
	private boolean isStoredOrRefused(List<Request> group, List<Request> followers) {
		try {
			return isStored(group);
		}
		catch (DataAccessResourceFailureException | CannotCreateTransactionException
				| TransactionSystemException unavailable) {
			count("unavailable");
			followers.forEach((one) -> one.signal().completeExceptionally(unavailable));
			throw unavailable;
		}
	}

	private void storeFollower(Request request) {
		try {
			storeAlone(request);
			request.signal().complete(Signal.STORED);
		}
		catch (RuntimeException | Error ex) {
			request.signal().completeExceptionally(ex);
		}
	}

	private void storeAlone(Request request) {
		this.store.ingest(request.tenant(), request.events(), request.receivedAt(), request.inTransaction());
	}

	/**
	 * Counts events that became failed events; {@link BatchIngestor} counts stored ones.
	 */
	public void countRejected(int events) {
		this.meters.counter("waypost.ingestion.event.record", "outcome", "rejected").increment(events);
	}

	private void count(String outcome) {
		this.meters.counter("waypost.ingestion.group.store", "outcome", outcome).increment();
	}

	/** The latest time of receipt: no event may have occurred after its receipt. */
	private static Instant latest(List<Request> group) {
		return group.stream().map(Request::receivedAt).max(Comparator.naturalOrder()).orElseThrow();
	}

	/**
	 * The result of waiting: the request leads the next group, or a leader has stored it.
	 */
	private enum Signal {

		LEAD, STORED

	}

	private record Request(TenantId tenant, List<ParsedEvent> events, Instant receivedAt, Runnable inTransaction,
			CompletableFuture<Signal> signal) {

		Signal awaitSignal() {
			try {
				return this.signal.join();
			}
			catch (CompletionException ex) {
				if (ex.getCause() instanceof RuntimeException cause) {
					throw cause;
				}
				throw ex;
			}
		}

	}

}
