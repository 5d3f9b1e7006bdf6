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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JourneySendsIntegrationTests {

	private final MutableClock clock = MutableClock.at("2026-11-02T10:00:00Z");

	private final DispatchFixture fixture = new DispatchFixture(this.clock, "fake");

	@Test
	void plansOneSendForEachRequestInTheirOrder() {
		List<SendRequest> requests = List.of(request("a@example.com"), request("b@example.com"),
				request("c@example.com"));
		List<Send> sends = this.fixture.sends.plan(this.fixture.tenant, requests);
		assertThat(sends).extracting(Send::profile).containsExactlyElementsOf(profiles(requests));
		assertThat(sends).allSatisfy((send) -> assertThat(send.status()).isEqualTo(SendStatus.PLANNED));
	}

	@Test
	void returnsTheSameSendForARepeatedRequest() {
		SendRequest request = request("a@example.com");
		Send first = this.fixture.sends.plan(this.fixture.tenant, List.of(request)).getFirst();
		List<Send> again = this.fixture.sends.plan(this.fixture.tenant,
				List.of(request, request("b@example.com"), request));
		assertThat(again.getFirst().id()).isEqualTo(first.id());
		assertThat(again.getLast().id()).isEqualTo(first.id());
		assertThat(again.get(1).id()).isNotEqualTo(first.id());
	}

	@Test
	void plansOnceForConcurrentRequests() throws Exception {
		List<SendRequest> requests = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			requests.add(request("p" + i + "@example.com"));
		}
		try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
			List<Callable<Set<SendId>>> tasks = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				tasks.add(() -> this.fixture.sends.plan(this.fixture.tenant, requests)
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
	void savesDraftReasonAndExplanation() {
		Send send = this.fixture.plan(this.fixture.profile("a@example.com"), "marketing");
		save(send, SendStatus.FLAGGED, "pii", Map.of("scores", Map.of("quality", 0.5)));
		save(send, SendStatus.CLEARED, null, Map.of("review", Map.of("decision", "approved")));
		SendDetails stored = this.fixture.sends.read(this.fixture.tenant, List.of(send.id())).getFirst();
		assertThat(stored.send().status()).isEqualTo(SendStatus.CLEARED);
		assertThat(stored.send().reason()).as("reason of the previous status").isNull();
		assertThat(stored.draft()).isEqualTo(DispatchFixture.draft());
		assertThat(stored.explanation()).containsKeys("scores", "review");
		assertThat(stored.trigger()).containsEntry("event", "Product Added");
	}

	@Test
	void leavesASendUnchangedThatCannotReachTheStatus() {
		Send send = this.fixture.plan(this.fixture.profile("a@example.com"), "marketing");
		assertThat(save(send, SendStatus.WITHHELD, "no_consent", Map.of())).containsExactly(send.id());
		assertThat(save(send, SendStatus.QUEUED, null, Map.of())).isEmpty();
		assertThat(this.fixture.state(send.id()).reason()).isEqualTo("no_consent");
	}

	@Test
	void refusesToQueueWithoutDraft() {
		Send send = this.fixture.plan(this.fixture.profile("a@example.com"), "marketing");
		SendUpdate withoutDraft = new SendUpdate(send.id(), SendStatus.QUEUED, null, null, null, null, Map.of());
		assertThatThrownBy(() -> this.fixture.sends.save(this.fixture.tenant, List.of(withoutDraft)))
			.isInstanceOf(NotClearedException.class);
	}

	@Test
	void allowsOnlyDispatchToSubmit() {
		Send send = this.fixture.plan(this.fixture.profile("a@example.com"), "marketing");
		assertThatThrownBy(() -> save(send, SendStatus.ACCEPTED, null, Map.of())).hasMessageContaining("Only dispatch");
		assertThatThrownBy(() -> this.fixture.jdbc
			.sql("update delivery.send set status = 'submitting', lease_until = now(), esp = 'x' where id = :id")
			.param("id", send.id().value())
			.update()).hasMessageContaining("send_submitting_permitted");
	}

	@Test
	void keepsTenantsApart() {
		Send send = this.fixture.plan(this.fixture.profile("a@example.com"), "marketing");
		assertThat(this.fixture.sends.read(TestDatabase.newTenant(), List.of(send.id()))).isEmpty();
		SendUpdate update = new SendUpdate(send.id(), SendStatus.WITHHELD, "x", null, null, null, Map.of());
		assertThat(this.fixture.sends.save(TestDatabase.newTenant(), List.of(update))).isEmpty();
	}

	@Test
	void countsQueuedAndSentMessages() {
		ProfileId ada = this.fixture.profile("a@example.com");
		this.fixture.queued(ada, "marketing");
		this.fixture.queued(ada, "marketing");
		this.fixture.plan(ada, "marketing");
		Instant now = this.clock.instant();
		assertThat(recent(ada, now)).containsExactly(Map.entry(ada, new RecentSendCounts(2, 2)));
		this.fixture.dispatchOnce();
		assertThat(recent(ada, now)).containsExactly(Map.entry(ada, new RecentSendCounts(2, 2)));
		assertThat(recent(ada, now.plus(Duration.ofDays(2))))
			.containsExactly(Map.entry(ada, new RecentSendCounts(0, 2)));
		assertThat(recent(ada, now.plus(Duration.ofDays(8)))).isEmpty();
	}

	@Test
	void countsQueuedMessagesWithoutLimitAndThenFromTheirSending() {
		ProfileId ada = this.fixture.profile("a@example.com");
		Send send = this.fixture.queued(ada, "marketing");
		Instant decided = this.clock.instant();
		this.fixture.jdbc.sql("update delivery.queue set ready_at = ready_at + interval '9 days' where send_id = ?")
			.param(send.id().value())
			.update();
		this.clock.advance(Duration.ofDays(9).minusMinutes(1));
		assertThat(this.fixture.dispatchOnce()).as("not due yet").isEmpty();
		assertThat(recent(ada, this.clock.instant())).containsExactly(Map.entry(ada, new RecentSendCounts(1, 1)));
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(this.fixture.dispatchOnce()).hasSize(1);
		assertThat(recent(ada, decided.plus(Duration.ofDays(9).plusHours(23))))
			.containsExactly(Map.entry(ada, new RecentSendCounts(1, 1)));
		assertThat(recent(ada, decided.plus(Duration.ofDays(11))))
			.containsExactly(Map.entry(ada, new RecentSendCounts(0, 1)));
	}

	@Test
	void countsMessagesInReview() {
		ProfileId ada = this.fixture.profile("a@example.com");
		Send send = this.fixture.plan(ada, "marketing");
		save(send, SendStatus.FLAGGED, "pii", Map.of());
		assertThat(recent(ada, this.clock.instant())).containsExactly(Map.entry(ada, new RecentSendCounts(1, 1)));
		assertThat(
				this.fixture.recent.count(this.fixture.tenant, List.of(ada), List.of(send.id()), this.clock.instant()))
			.as("the message itself is excluded")
			.isEmpty();
		save(send, SendStatus.WITHHELD, "review_rejected", Map.of());
		assertThat(recent(ada, this.clock.instant())).isEmpty();
	}

	private Map<ProfileId, RecentSendCounts> recent(ProfileId profile, Instant now) {
		return this.fixture.recent.count(this.fixture.tenant, List.of(profile), now);
	}

	@Test
	void wakesTheDispatcherOnlyAfterTheCommit() throws InterruptedException {
		Send send = this.fixture.plan(this.fixture.profile("a@example.com"), "marketing");
		long[] waited = new long[1];
		this.fixture.transaction.executeWithoutResult((status) -> {
			this.fixture.queue(List.of(send.id()));
			waited[0] = waited(Duration.ofMillis(50));
		});
		assertThat(waited[0]).as("milliseconds waited before the commit").isGreaterThanOrEqualTo(45);
		assertThat(waited(Duration.ofSeconds(5))).as("milliseconds waited after it").isLessThan(1000);
	}

	private long waited(Duration limit) {
		long start = System.nanoTime();
		try {
			this.fixture.signal.await(limit);
		}
		catch (InterruptedException stop) {
			throw new IllegalStateException(stop);
		}
		return Duration.ofNanos(System.nanoTime() - start).toMillis();
	}

	private List<SendId> save(Send send, SendStatus status, String reason, Map<String, Object> explanation) {
		return this.fixture.sends.save(this.fixture.tenant, List.of(new SendUpdate(send.id(), status, reason, null, "a",
				DispatchFixture.draft(), DispatchFixture.cleared(explanation))));
	}

	private SendRequest request(String address) {
		return this.fixture.request(this.fixture.profile(address), "marketing");
	}

	private static List<ProfileId> profiles(List<SendRequest> requests) {
		return requests.stream().map(SendRequest::profile).toList();
	}

}
