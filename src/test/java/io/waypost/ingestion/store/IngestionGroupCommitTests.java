package io.waypost.ingestion.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.identity.IdentityObservation;
import io.waypost.identity.Traits;
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.kernel.TenantId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Waiting requests are stored together, and each gets its own result. */
@Timeout(30)
class IngestionGroupCommitTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final TenantId SHOP = new TenantId("shop");

	private final List<List<String>> transactions = Collections.synchronizedList(new ArrayList<>());

	private final List<Instant> received = Collections.synchronizedList(new ArrayList<>());

	private final ThreadLocal<List<String>> deadLetters = ThreadLocal.withInitial(ArrayList::new);

	private final AtomicInteger waitsForTheDatabase = new AtomicInteger();

	private final CountDownLatch firstMayEnd = new CountDownLatch(1);

	private final ExecutorService sources = Executors.newCachedThreadPool();

	private final IngestionGroupCommit groups = new IngestionGroupCommit(this::store, 1, new SimpleMeterRegistry());

	@AfterEach
	void release() {
		this.firstMayEnd.countDown();
		this.sources.shutdownNow();
	}

	@Test
	void storesAtOnceWithAFreeSlot() {
		this.firstMayEnd.countDown();
		this.groups.ingest(SHOP, events("a", "b"), NOON, parks(""));
		this.groups.ingest(SHOP, events("c"), NOON, parks(""));
		assertThat(this.transactions).containsExactly(List.of("a", "b"), List.of("c"));
	}

	@Test
	void storesWaitingRequestsTogetherInTheirOrder() throws Exception {
		Future<?> first = send(SHOP, NOON, "first");
		Future<?> second = sendAndWait(1, SHOP, NOON, "a1", "a2");
		Future<?> third = sendAndWait(2, SHOP, NOON.plusSeconds(1), "b");
		this.firstMayEnd.countDown();
		for (Future<?> one : List.of(first, second, third)) {
			one.get();
		}
		assertThat(this.transactions).containsExactly(List.of("first"), List.of("a1", "a2", "b"));
		assertThat(this.received).containsExactly(NOON, NOON.plusSeconds(1));
	}

	@Test
	void doesNotMixTenants() throws Exception {
		Future<?> first = send(SHOP, NOON, "first");
		Future<?> second = sendAndWait(1, SHOP, NOON, "a");
		Future<?> other = sendAndWait(2, new TenantId("other"), NOON, "x");
		Future<?> third = sendAndWait(3, SHOP, NOON, "b");
		this.firstMayEnd.countDown();
		for (Future<?> one : List.of(first, second, other, third)) {
			one.get();
		}
		assertThat(this.transactions).containsExactly(List.of("first"), List.of("a", "b"), List.of("x"));
	}

	@Test
	void failsOnlyTheRequestThatCannotBeStored() throws Exception {
		Future<?> first = send(SHOP, NOON, "first");
		Future<?> good = sendAndWait(1, SHOP, NOON, "a");
		Future<?> bad = sendAndWait(2, SHOP, NOON, "poison");
		Future<?> alsoGood = sendAndWait(3, SHOP, NOON, "b");
		this.firstMayEnd.countDown();
		first.get();
		good.get();
		alsoGood.get();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(bad::get)
			.havingCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessage("poisoned");
		assertThat(this.transactions).containsExactlyInAnyOrder(List.of("first"), List.of("a"), List.of("b"));
	}

	@Test
	void rejectsTheWholeGroupWhileTheDatabaseIsUnavailable() throws Exception {
		Future<?> first = send(SHOP, NOON, "first");
		Future<?> second = sendAndWait(1, SHOP, NOON, "away");
		Future<?> third = sendAndWait(2, SHOP, NOON, "b");
		this.firstMayEnd.countDown();
		first.get();
		for (Future<?> one : List.of(second, third)) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(one::get)
				.withCauseInstanceOf(CannotCreateTransactionException.class);
		}
		assertThat(this.waitsForTheDatabase).as("waits for a connection").hasValue(1);
		assertThat(this.transactions).containsExactly(List.of("first"));
	}

	@Test
	void limitsTheEventsOfOneTransaction() throws Exception {
		Future<?> first = send(SHOP, NOON, "first");
		String[] many = IntStream.range(0, 600).mapToObj((i) -> "m" + i).toArray(String[]::new);
		Future<?> second = sendAndWait(1, SHOP, NOON, many);
		Future<?> third = sendAndWait(2, SHOP, NOON, many);
		this.firstMayEnd.countDown();
		for (Future<?> one : List.of(first, second, third)) {
			one.get();
		}
		assertThat(this.transactions).extracting(List::size).containsExactly(1, 600, 600);
	}

	@Test
	void runsAdditionalWorkInTheSameTransaction() throws Exception {
		Future<?> first = send(SHOP, NOON, "first");
		Future<?> second = sendAndWait(1, SHOP, NOON, "a");
		Future<?> third = this.sources.submit(() -> this.groups.ingest(SHOP, List.of(), NOON, parks("letter")));
		awaitWaiting(2);
		this.firstMayEnd.countDown();
		for (Future<?> one : List.of(first, second, third)) {
			one.get();
		}
		assertThat(this.transactions.getLast()).containsExactly("letter", "a");
	}

	private Future<?> send(TenantId tenant, Instant at, String... messages) {
		Future<?> sent = submit(tenant, at, messages);
		await().atMost(10, TimeUnit.SECONDS).until(() -> !this.received.isEmpty());
		return sent;
	}

	private Future<?> sendAndWait(int waiting, TenantId tenant, Instant at, String... messages) {
		Future<?> sent = submit(tenant, at, messages);
		awaitWaiting(waiting);
		return sent;
	}

	private Future<?> submit(TenantId tenant, Instant at, String... messages) {
		return this.sources.submit(() -> this.groups.ingest(tenant, events(messages), at, parks("")));
	}

	private void awaitWaiting(int requests) {
		await().atMost(10, TimeUnit.SECONDS).until(() -> this.groups.waiting() == requests);
	}

	private Runnable parks(String letter) {
		return () -> {
			if (!letter.isEmpty()) {
				this.deadLetters.get().add(letter);
			}
		};
	}

	/** Replaces the database: stores all events of a transaction, or none. */
	private int store(TenantId tenant, List<ParsedEvent> incoming, Instant receivedAt, Runnable alsoStored) {
		this.deadLetters.get().clear();
		alsoStored.run();
		List<String> stored = new ArrayList<>(this.deadLetters.get());
		incoming.forEach((event) -> stored.add(event.messageId()));
		if (stored.contains("away")) {
			this.waitsForTheDatabase.incrementAndGet();
			throw new CannotCreateTransactionException("no connection in time");
		}
		if (stored.contains("poison")) {
			throw new IllegalStateException("poisoned");
		}
		this.received.add(receivedAt);
		if (stored.contains("first")) {
			awaitQuietly(this.firstMayEnd);
		}
		this.transactions.add(stored);
		return incoming.size();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static List<ParsedEvent> events(String... messages) {
		return List.of(messages)
			.stream()
			.map((message) -> new ParsedEvent("track", "Product Viewed", JsonNodeFactory.instance.objectNode(),
					JsonNodeFactory.instance.objectNode(),
					new IdentityObservation("u", null, null, Traits.NONE, NOON, message), NOON, message))
			.toList();
	}

}
