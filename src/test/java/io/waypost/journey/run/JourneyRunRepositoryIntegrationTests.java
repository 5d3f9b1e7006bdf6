package io.waypost.journey.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.database.JsonColumn;
import io.waypost.journey.message.PendingMessages;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.UuidV7Generator;
import io.waypost.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class JourneyRunRepositoryIntegrationTests {

	private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

	private static final Duration WINDOW = Duration.ofDays(1);

	private final TestDatabase database = TestDatabase.migrated();

	private final TenantId tenant = TestDatabase.newTenant();

	private final UuidV7Generator ids = new UuidV7Generator(Clock.systemUTC(), new Random(1));

	private final JourneyRunRepository runs = new JourneyRunRepository(this.database.client(),
			new JsonColumn(new ObjectMapper()));

	private final PendingMessages messages = new PendingMessages(this.database.client());

	private final ProfileId ada = new ProfileId(this.ids.next());

	private final ProfileId bob = new ProfileId(this.ids.next());

	@Test
	void opensOneRunForAKeyWithinItsWindow() {
		assertThat(
				open(NOW, run(this.ada, "cart"), run(this.ada, "cart"), run(this.ada, "other"), run(this.bob, "cart")))
			.isEqualTo(3);
		assertThat(open(NOW.plus(WINDOW).minusMillis(1), run(this.ada, "cart"))).isZero();
		assertThat(open(NOW.plus(WINDOW), run(this.ada, "cart"))).isEqualTo(1);
	}

	@Test
	void opensOneRunWhenManyTransactionsAskAtOnce() throws Exception {
		TransactionTemplate transaction = this.database.transactions();
		CountDownLatch go = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			List<Future<Integer>> results = IntStream.range(0, 4).mapToObj((thread) -> threads.submit(() -> {
				go.await();
				return transaction
					.execute((status) -> open(NOW, run(this.ada, "b"), run(this.ada, "a"), run(this.bob, "c")));
			})).toList();
			go.countDown();
			int opened = 0;
			for (Future<Integer> result : results) {
				opened += result.get();
			}
			assertThat(opened).isEqualTo(3);
		}
	}

	@Test
	void claimsRunsInTheOrderOfTheirProfiles() {
		List<NewRun> runs = List.of(run(this.bob, "first"), run(this.ada, "second"), run(this.bob, "third"));
		runs.forEach((run) -> open(NOW, run));
		assertThat(this.runs.claimPending(NOW, 10_000)).filteredOn((run) -> run.tenant().equals(this.tenant))
			.extracting(PendingRun::id)
			.containsExactly(runs.get(1).id(), runs.get(0).id(), runs.get(2).id());
	}

	@Test
	void storesMessagesOnlyForRunsStartedBefore() {
		NewRun before = run(this.ada, "first");
		PendingMessages.NewPendingMessage message = message(this.ada, null);
		NewRun after = run(this.ada, "second");
		open(NOW, before, after);
		assertThat(this.messages.store(this.tenant, List.of(message), NOW)).isEqualTo(1);
		assertThat(this.messages.existsFor(this.tenant, before.id())).isTrue();
		assertThat(this.messages.existsFor(this.tenant, after.id())).isFalse();
	}

	@Test
	void storesMessagesForOneKeyOrEveryRunOfTheProfile() {
		NewRun one = run(this.ada, "one");
		NewRun two = run(this.ada, "two");
		NewRun others = run(this.bob, "one");
		open(NOW, one, two, others);
		assertThat(this.messages.store(this.tenant, List.of(message(this.ada, "two")), NOW)).isEqualTo(1);
		assertThat(this.messages.store(this.tenant, List.of(message(this.ada, null), message(this.ada, null)), NOW))
			.isEqualTo(1);
		assertThat(this.messages.existsFor(this.tenant, others.id())).isFalse();
	}

	@Test
	void keepsPendingMessagesUntilTheRunEnds() {
		NewRun run = run(this.ada, "cart");
		open(NOW, run);
		this.messages.store(this.tenant, List.of(message(this.ada, null)), NOW);
		this.runs.ended(this.tenant, run.id(), "Purchase completed", NOW);
		assertThat(this.messages.existsFor(this.tenant, run.id())).isFalse();
		assertThat(this.messages.store(this.tenant, List.of(message(this.ada, null)), NOW)).isZero();
	}

	@Test
	void followsMerges() {
		NewRun adas = run(this.ada, "cart");
		NewRun bobs = run(this.bob, "cart");
		open(NOW, adas, bobs);
		this.runs.moveToSurvivors(this.tenant, Map.of(this.ada, this.bob));
		assertThat(this.runs.request(this.tenant, adas.id(), "reminder")).get()
			.satisfies((request) -> assertThat(request.profile()).isEqualTo(this.bob));
		assertThat(open(NOW, run(this.bob, "cart"))).as("the start limit still applies").isZero();
		assertThat(this.messages.store(this.tenant, List.of(message(this.bob, null)), NOW)).isEqualTo(2);
	}

	@Test
	void startsDueRunsAndRecordsImmediateEnds() {
		NewRun run = run(this.ada, "cart");
		open(NOW, run);
		PendingRun pending = this.runs.claimPending(NOW, 1000)
			.stream()
			.filter((found) -> found.id().equals(run.id()))
			.findFirst()
			.orElseThrow();
		assertThat(pending.delay()).isEqualTo("PT1H");
		this.runs.started(List.of(new JourneyRunRepository.StartedRun(pending, "instance", "Done")), NOW);
		assertThat(status(run)).isEqualTo("ended");
	}

	@Test
	void claimsAPendingRunForOneInstanceOnly() {
		NewRun run = run(this.ada, "cart");
		open(NOW, run);
		assertThat(this.runs.claimForInstance(TestDatabase.newTenant(), run.id(), "one", NOW)).as("other tenant")
			.isFalse();
		assertThat(this.runs.claimForInstance(this.tenant, new JourneyRunId(this.ids.next()), "one", NOW)).as("unknown")
			.isFalse();
		assertThat(this.runs.claimForInstance(this.tenant, run.id(), "one", NOW)).isTrue();
		assertThat(status(run)).isEqualTo("running");
		assertThat(this.runs.claimForInstance(this.tenant, run.id(), "one", NOW)).as("repetition").isTrue();
		assertThat(this.runs.claimForInstance(this.tenant, run.id(), "two", NOW)).as("second instance").isFalse();
		assertThat(this.runs.claimPending(NOW, 1000)).noneMatch((found) -> found.id().equals(run.id()));
	}

	@Test
	void postponesAndFails() {
		NewRun run = run(this.ada, "cart");
		open(NOW, run);
		PendingRun pending = new PendingRun(this.tenant, run.id(), "cart-abandonment", this.ada, "t", "marketing",
				"PT1H", 0, Map.of(), Map.of());
		this.runs.postpone(pending, NOW.plusSeconds(60));
		assertThat(this.runs.claimPending(NOW, 1000)).noneMatch((found) -> found.id().equals(run.id()));
		assertThat(this.runs.claimPending(NOW.plusSeconds(60), 1000)).anyMatch((found) -> found.id().equals(run.id()));
		this.runs.failed(pending, "NullValueException", NOW);
		assertThat(status(run)).isEqualTo("failed");
	}

	private int open(Instant now, NewRun... runs) {
		return this.runs.open(this.tenant, List.of(runs).stream().map((run) -> at(run, now)).toList(), now);
	}

	private static NewRun at(NewRun run, Instant now) {
		return new NewRun(run.id(), run.journey(), run.profile(), run.key(), run.template(), run.topic(), run.delay(),
				now.plus(WINDOW), run.trigger(), run.properties());
	}

	private NewRun run(ProfileId profile, String key) {
		return new NewRun(new JourneyRunId(this.ids.next()), "cart-abandonment", profile, key, "cart-abandonment",
				"marketing", Duration.ofHours(1), NOW.plus(WINDOW), Map.of("event", "Product Added"), Map.of());
	}

	private PendingMessages.NewPendingMessage message(ProfileId profile, @Nullable String key) {
		return new PendingMessages.NewPendingMessage(this.ids.next(), "cart-abandonment", profile, key,
				"Msg_OrderCompleted", UUID.randomUUID());
	}

	private String status(NewRun run) {
		return this.database.client()
			.sql("SELECT status FROM journey.run WHERE tenant_id = ? AND id = ?")
			.params(this.tenant.value(), run.id().value())
			.query(String.class)
			.single();
	}

}
