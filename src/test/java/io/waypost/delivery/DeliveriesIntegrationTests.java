package io.waypost.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import io.waypost.delivery.dispatch.DispatchFixture;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeliveriesIntegrationTests {

	private final MutableClock clock = MutableClock.at("2026-11-02T10:00:00Z");

	private final DispatchFixture bench = new DispatchFixture(this.clock, "fake");

	@Test
	void plansOneSendForEachWishInTheirOrder() {
		List<SendRequest> wishes = List.of(wish("a@example.com"), wish("b@example.com"), wish("c@example.com"));
		List<Send> sends = this.bench.deliveries.plan(this.bench.tenant, wishes);
		assertThat(sends).extracting(Send::profile).containsExactlyElementsOf(profiles(wishes));
		assertThat(sends).allSatisfy((send) -> assertThat(send.status()).isEqualTo(SendStatus.PLANNED));
	}

	@Test
	void givesTheSameSendForTheSameWish() {
		SendRequest wish = wish("a@example.com");
		Send first = this.bench.deliveries.plan(this.bench.tenant, List.of(wish)).getFirst();
		List<Send> again = this.bench.deliveries.plan(this.bench.tenant, List.of(wish, wish("b@example.com"), wish));
		assertThat(again.getFirst().id()).isEqualTo(first.id());
		assertThat(again.getLast().id()).isEqualTo(first.id());
		assertThat(again.get(1).id()).isNotEqualTo(first.id());
	}

	@Test
	void plansOnceWhenManyWishTheSameAtOnce() throws Exception {
		List<SendRequest> wishes = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			wishes.add(wish("p" + i + "@example.com"));
		}
		try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
			List<Callable<Set<SendId>>> tasks = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				tasks.add(() -> this.bench.deliveries.plan(this.bench.tenant, wishes)
					.stream()
					.map(Send::id)
					.collect(Collectors.toSet()));
			}
			List<Set<SendId>> answers = new ArrayList<>();
			for (Future<Set<SendId>> answer : threads.invokeAll(tasks)) {
				answers.add(answer.get());
			}
			assertThat(answers).allSatisfy((answer) -> assertThat(answer).isEqualTo(answers.getFirst()).hasSize(50));
		}
	}

	@Test
	void savesWordsReasonAndExplanation() {
		Send send = this.bench.plan(this.bench.person("a@example.com"), "marketing");
		save(send, SendStatus.FLAGGED, "pii", Map.of("scores", Map.of("quality", 0.5)));
		save(send, SendStatus.CLEARED, null, Map.of("review", Map.of("decision", "approved")));
		SendDetails stored = this.bench.deliveries.read(this.bench.tenant, List.of(send.id())).getFirst();
		assertThat(stored.send().status()).isEqualTo(SendStatus.CLEARED);
		assertThat(stored.send().reason()).as("the reason of the status before is gone").isNull();
		assertThat(stored.draft()).isEqualTo(DispatchFixture.draft());
		assertThat(stored.explanation()).containsKeys("scores", "review");
		assertThat(stored.trigger()).containsEntry("event", "Product Added");
	}

	@Test
	void leavesASendAloneThatHasGoneOn() {
		Send send = this.bench.plan(this.bench.person("a@example.com"), "marketing");
		assertThat(save(send, SendStatus.WITHHELD, "no_consent", Map.of())).containsExactly(send.id());
		assertThat(save(send, SendStatus.QUEUED, null, Map.of())).isEmpty();
		assertThat(this.bench.state(send.id()).reason()).isEqualTo("no_consent");
	}

	@Test
	void refusesToQueueWithoutWords() {
		Send send = this.bench.plan(this.bench.person("a@example.com"), "marketing");
		SendUpdate wordless = new SendUpdate(send.id(), SendStatus.QUEUED, null, null, null, null, Map.of());
		assertThatThrownBy(() -> this.bench.deliveries.save(this.bench.tenant, List.of(wordless)))
			.isInstanceOf(DataIntegrityViolationException.class)
			.hasMessageContaining("send_queued_ready");
	}

	@Test
	void letsNobodyButDispatchSubmit() {
		Send send = this.bench.plan(this.bench.person("a@example.com"), "marketing");
		assertThatThrownBy(() -> save(send, SendStatus.ACCEPTED, null, Map.of())).hasMessageContaining("Only dispatch");
		assertThatThrownBy(() -> this.bench.jdbc
			.sql("update delivery.send set status = 'submitting', lease_until = now(), esp = 'x' where id = :id")
			.param("id", send.id().value())
			.update()).hasMessageContaining("send_submitting_permitted");
	}

	@Test
	void keepsTenantsApart() {
		Send send = this.bench.plan(this.bench.person("a@example.com"), "marketing");
		assertThat(this.bench.deliveries.read(TestDatabase.newTenant(), List.of(send.id()))).isEmpty();
		SendUpdate update = new SendUpdate(send.id(), SendStatus.WITHHELD, "x", null, null, null, Map.of());
		assertThat(this.bench.deliveries.save(TestDatabase.newTenant(), List.of(update))).isEmpty();
	}

	@Test
	void countsWhatIsOnItsWayOrSent() {
		ProfileId ada = this.bench.person("a@example.com");
		this.bench.queued(ada, "marketing");
		this.bench.queued(ada, "marketing");
		this.bench.plan(ada, "marketing");
		Instant now = this.clock.instant();
		assertThat(recent(ada, now)).containsExactly(Map.entry(ada, new RecentSendCounts(2, 2)));
		this.bench.round();
		assertThat(recent(ada, now)).containsExactly(Map.entry(ada, new RecentSendCounts(2, 2)));
		assertThat(recent(ada, now.plus(Duration.ofDays(2))))
			.containsExactly(Map.entry(ada, new RecentSendCounts(0, 2)));
		assertThat(recent(ada, now.plus(Duration.ofDays(8)))).isEmpty();
	}

	@Test
	void countsWhatWaitsHoweverLongAndThenFromTheHourItLeaves() {
		ProfileId ada = this.bench.person("a@example.com");
		Send send = this.bench.queued(ada, "marketing");
		Instant decided = this.clock.instant();
		this.bench.jdbc.sql("update delivery.queue set ready_at = ready_at + interval '9 days' where send_id = ?")
			.param(send.id().value())
			.update();
		this.clock.advance(Duration.ofDays(9).minusMinutes(1));
		assertThat(this.bench.round()).as("it waits").isEmpty();
		assertThat(recent(ada, this.clock.instant())).containsExactly(Map.entry(ada, new RecentSendCounts(1, 1)));
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(this.bench.round()).hasSize(1);
		assertThat(recent(ada, decided.plus(Duration.ofDays(9).plusHours(23))))
			.containsExactly(Map.entry(ada, new RecentSendCounts(1, 1)));
		assertThat(recent(ada, decided.plus(Duration.ofDays(11))))
			.containsExactly(Map.entry(ada, new RecentSendCounts(0, 1)));
	}

	@Test
	void countsWhatAReviewerMayYetLetGo() {
		ProfileId ada = this.bench.person("a@example.com");
		Send send = this.bench.plan(ada, "marketing");
		save(send, SendStatus.FLAGGED, "pii", Map.of());
		assertThat(recent(ada, this.clock.instant())).containsExactly(Map.entry(ada, new RecentSendCounts(1, 1)));
		assertThat(this.bench.deliveries.countRecent(this.bench.tenant, List.of(ada), List.of(send.id()),
				this.clock.instant()))
			.as("before that message itself is decided about")
			.isEmpty();
		save(send, SendStatus.WITHHELD, "review_rejected", Map.of());
		assertThat(recent(ada, this.clock.instant())).isEmpty();
	}

	private Map<ProfileId, RecentSendCounts> recent(ProfileId person, Instant now) {
		return this.bench.deliveries.countRecent(this.bench.tenant, List.of(person), now);
	}

	@Test
	void wakesTheDispatcherOnlyAfterTheCommit() throws InterruptedException {
		Send send = this.bench.plan(this.bench.person("a@example.com"), "marketing");
		long[] waited = new long[1];
		this.bench.transaction.executeWithoutResult((status) -> {
			this.bench.queue(List.of(send.id()));
			waited[0] = waited(Duration.ofMillis(50));
		});
		assertThat(waited[0]).as("asleep before the commit").isGreaterThanOrEqualTo(45);
		assertThat(waited(Duration.ofSeconds(5))).as("awake after it").isLessThan(1000);
	}

	private long waited(Duration limit) {
		long start = System.nanoTime();
		try {
			this.bench.signal.await(limit);
		}
		catch (InterruptedException stop) {
			throw new IllegalStateException(stop);
		}
		return Duration.ofNanos(System.nanoTime() - start).toMillis();
	}

	private List<SendId> save(Send send, SendStatus status, String reason, Map<String, Object> explanation) {
		return this.bench.deliveries.save(this.bench.tenant,
				List.of(new SendUpdate(send.id(), status, reason, null, "a", DispatchFixture.draft(), explanation)));
	}

	private SendRequest wish(String address) {
		return this.bench.wish(this.bench.person(address), "marketing");
	}

	private static List<ProfileId> profiles(List<SendRequest> wishes) {
		return wishes.stream().map(SendRequest::profile).toList();
	}

}
