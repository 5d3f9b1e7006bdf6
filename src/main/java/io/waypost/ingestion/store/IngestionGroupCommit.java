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
 * Stores requests that wait at the same time in one transaction, because what a
 * transaction costs beside its events is paid once then. There are only so many lanes to
 * the database as there are processors: whoever finds one free stores at once, whoever
 * does not is taken along by the next one who leads, together with everybody of the same
 * tenant who waits then. Nobody waits for others to come.
 */
@Component
public class IngestionGroupCommit {

	/** Bounds a transaction, and with it how long everybody in it waits. */
	private static final int MOST_EVENTS = 1000;

	/** While one transaction waits for a lock or the disk, another one runs. */
	private static final int FEWEST_LANES = 2;

	private final Store store;

	private final MeterRegistry meters;

	private final Deque<Request> waiting = new ArrayDeque<>();

	private int freeLanes;

	@Autowired
	public IngestionGroupCommit(BatchIngestor intake, MeterRegistry meters) {
		this(intake::ingest, Math.max(FEWEST_LANES, Runtime.getRuntime().availableProcessors()), meters);
	}

	IngestionGroupCommit(Store store, int lanes, MeterRegistry meters) {
		this.store = store;
		this.freeLanes = lanes;
		this.meters = meters;
	}

	/** {@link BatchIngestor#ingest}; the seam for tests. */
	interface Store {

		int ingest(TenantId tenant, List<ParsedEvent> incoming, Instant receivedAt, Runnable alsoStored);

	}

	/**
	 * Takes in what one request brought. It is durable when this returns.
	 * @param alsoStored runs in the same transaction: parks what could not be read
	 * @throws RuntimeException when nothing of the request was stored
	 */
	public void ingest(TenantId tenant, List<ParsedEvent> incoming, Instant receivedAt, Runnable alsoStored) {
		Request request = new Request(tenant, incoming, receivedAt, alsoStored, new CompletableFuture<>());
		if (leads(request) || request.awaitTurn() == Turn.LEAD) {
			lead(request);
		}
	}

	/** How many requests wait for somebody to take them along. */
	synchronized int waiting() {
		return this.waiting.size();
	}

	private synchronized boolean leads(Request request) {
		if (this.freeLanes == 0) {
			this.waiting.add(request);
			return false;
		}
		this.freeLanes--;
		return true;
	}

	private void lead(Request leader) {
		List<Request> followers = followers(leader);
		try {
			if (followers.isEmpty()) {
				alone(leader);
			}
			else {
				together(leader, followers);
			}
		}
		finally {
			passLaneOn();
		}
	}

	private synchronized List<Request> followers(Request leader) {
		List<Request> followers = new ArrayList<>();
		int events = leader.incoming().size();
		Iterator<Request> others = this.waiting.iterator();
		while (others.hasNext() && events < MOST_EVENTS) {
			Request other = others.next();
			if (other.tenant().equals(leader.tenant()) && events + other.incoming().size() <= MOST_EVENTS) {
				events += other.incoming().size();
				followers.add(other);
				others.remove();
			}
		}
		return followers;
	}

	private synchronized void passLaneOn() {
		Request next = this.waiting.poll();
		if (next != null) {
			next.turn().complete(Turn.LEAD);
		}
		else {
			this.freeLanes++;
		}
	}

	/** What cannot be stored together is stored one by one: nobody fails for another. */
	private void together(Request leader, List<Request> followers) {
		List<Request> group = new ArrayList<>(followers);
		group.addFirst(leader);
		boolean stored = isStoredOrRefused(group, followers);
		count(stored ? "together" : "apart");
		if (stored) {
			followers.forEach((one) -> one.turn().complete(Turn.STORED));
		}
		else {
			followers.forEach(this::follow);
			alone(leader);
		}
	}

	private boolean isStored(List<Request> group) {
		try {
			this.store.ingest(group.getFirst().tenant(),
					group.stream().flatMap((one) -> one.incoming().stream()).toList(), latest(group),
					() -> group.forEach((one) -> one.alsoStored().run()));
			return true;
		}
		catch (DataAccessResourceFailureException | CannotCreateTransactionException
				| TransactionSystemException away) {
			throw away;
		}
		catch (RuntimeException | Error ex) {
			// Each request that fails alone too is told why
			return false;
		}
	}

	/** While the database is away each would wait as long alone for the same answer. */
	private boolean isStoredOrRefused(List<Request> group, List<Request> followers) {
		try {
			return isStored(group);
		}
		catch (DataAccessResourceFailureException | CannotCreateTransactionException
				| TransactionSystemException away) {
			count("away");
			followers.forEach((one) -> one.turn().completeExceptionally(away));
			throw away;
		}
	}

	private void follow(Request request) {
		try {
			alone(request);
			request.turn().complete(Turn.STORED);
		}
		catch (RuntimeException | Error ex) {
			request.turn().completeExceptionally(ex);
		}
	}

	private void alone(Request request) {
		this.store.ingest(request.tenant(), request.incoming(), request.receivedAt(), request.alsoStored());
	}

	/** Counts events that were parked, beside those that Intake counts as stored. */
	public void countRejected(int events) {
		this.meters.counter("waypost.ingestion.event.record", "outcome", "parked").increment(events);
	}

	private void count(String outcome) {
		this.meters.counter("waypost.ingestion.group.store", "outcome", outcome).increment();
	}

	/** Nothing may have happened after it came in. */
	private static Instant latest(List<Request> group) {
		return group.stream().map(Request::receivedAt).max(Comparator.naturalOrder()).orElseThrow();
	}

	/** What a waiting request is told. */
	private enum Turn {

		LEAD, STORED

	}

	private record Request(TenantId tenant, List<ParsedEvent> incoming, Instant receivedAt, Runnable alsoStored,
			CompletableFuture<Turn> turn) {

		Turn awaitTurn() {
			try {
				return this.turn.join();
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
