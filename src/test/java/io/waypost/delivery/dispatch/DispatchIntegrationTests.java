package io.waypost.delivery.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.waypost.delivery.Send;
import io.waypost.delivery.SendRequest;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.outcome.SendOutcome;
import io.waypost.delivery.queue.ClaimedSend;
import io.waypost.delivery.tracking.SendEvent;
import io.waypost.delivery.tracking.SendEvent.Type;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class DispatchIntegrationTests {

	private final MutableClock clock = MutableClock.at("2026-11-03T10:00:00Z");

	private final DispatchFixture bench = new DispatchFixture(this.clock, "first", "second");

	private final FakeEsp first = this.bench.esps.getFirst();

	private final FakeEsp second = this.bench.esps.getLast();

	@Test
	void sendsOnceAndRemembersHow() {
		Send send = this.bench.queued();
		this.bench.round();
		Send after = this.bench.state(send.id());
		assertThat(after.status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(after.acceptedAt()).isEqualTo(this.clock.instant());
		assertThat(this.first.calls(send.id())).isEqualTo(1);
		assertThat(row(send.id())).containsEntry("provider_id", "fake-" + send.id())
			.containsEntry("consent_version", 7L)
			.containsEntry("fence", 1);
		assertThat(row(send.id()).get("content_hash")).asString().hasSize(64);
		assertThat(this.bench.ledger.findBySubject(this.bench.tenant, "send:" + send.id()))
			.extracting(LedgerEntry::kind)
			.containsExactly("send.accepted");
		assertThat(this.bench.round()).as("nothing is left to do").isEmpty();
	}

	@Test
	void withholdsWhenConsentWasRevokedSinceItWasQueued() {
		Send send = this.bench.queued();
		this.bench.forbidden.add(send.profile());
		this.bench.round();
		assertThat(this.bench.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.WITHHELD, "revoked");
		assertThat(this.first.calls).isEmpty();
		assertThat(this.bench.attempts(send.id())).isZero();
	}

	@Test
	void sendsNothingWhileTheGateCannotAnswer() {
		Send send = this.bench.queued();
		this.bench.gateFault = new IllegalStateException("no table");
		assertThatThrownBy(this.bench::round).hasMessage("no table");
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.QUEUED);
		this.bench.gateFault = null;
		this.bench.round();
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.ACCEPTED);
	}

	@Test
	void endsASendWithoutAddress() {
		Send send = this.bench.queued(new ProfileId(this.bench.ids.next()), DispatchFixture.MARKETING);
		this.bench.round();
		assertThat(this.bench.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.DEAD, "no_address");
		assertThat(this.first.calls).isEmpty();
	}

	@Test
	void endsASendThatCannotBeRendered() {
		Send send = this.bench.queued();
		this.bench.renderFault = new IllegalStateException("template broke on ada@example.com");
		this.bench.round();
		assertThat(this.bench.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.DEAD, "render_failed");
	}

	@Test
	void failsOverAtOnceOnADefiniteNo() {
		this.first.script = (email) -> new SubmitOutcome.Refused("busy", null);
		Send send = this.bench.queued();
		this.bench.round();
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.QUEUED);
		this.bench.round();
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(this.first.calls(send.id())).isEqualTo(1);
		assertThat(this.second.calls(send.id())).isEqualTo(1);
		assertThat(row(send.id())).containsEntry("esp", "second").containsEntry("attempts", 2);
	}

	@Test
	void backsOffWhenEverybodyRefuses() {
		refuseEverywhere(null);
		Send send = this.bench.queued();
		this.bench.round();
		this.bench.round();
		assertThat(this.bench.round()).as("it waits").isEmpty();
		this.clock.advance(Duration.ofSeconds(31));
		assertThat(this.bench.round()).hasSize(1);
		assertThat(this.first.calls(send.id())).isEqualTo(2);
	}

	@Test
	void waitsAsLongAsTheProviderAsks() {
		refuseEverywhere(Duration.ofMinutes(10));
		this.bench.queued();
		this.bench.round();
		this.bench.round();
		this.clock.advance(Duration.ofMinutes(9));
		assertThat(this.bench.round()).isEmpty();
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(this.bench.round()).hasSize(1);
	}

	@Test
	void givesUpAfterTheLastAttempt() {
		refuseEverywhere(null);
		Send send = this.bench.queued();
		for (int i = 0; i < 4; i++) {
			this.bench.round();
			this.clock.advance(Duration.ofHours(1));
		}
		assertThat(this.bench.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.DEAD, "attempts_exhausted");
		assertThat(this.bench.round()).isEmpty();
	}

	@Test
	void parksAnUnknownOutcomeAndNeverFailsOver() {
		this.first.script = (email) -> new SubmitOutcome.Unknown("timeout");
		Send send = this.bench.queued();
		this.bench.round();
		assertThat(this.bench.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.UNKNOWN, "timeout");
		this.clock.advance(Duration.ofMinutes(14));
		this.bench.reconciler.reconcile();
		assertThat(this.bench.round()).isEmpty();
		assertThat(this.second.calls).isEmpty();
		assertThat(row(send.id())).containsEntry("esp", "first");
	}

	@Test
	void acceptsAnUnknownOutcomeOnALateReport() {
		this.first.script = (email) -> new SubmitOutcome.Unknown("timeout");
		Send send = this.bench.queued();
		this.bench.round();
		report(send, Type.PROCESSED);
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(this.bench.state(send.id()).acceptedAt()).isNotNull();
	}

	@Test
	void doesNotRepeatAMarketingMessageOfUnknownOutcome() {
		this.first.script = (email) -> new SubmitOutcome.Unknown("timeout");
		Send send = this.bench.queued();
		this.bench.round();
		this.clock.advance(Duration.ofMinutes(16));
		this.bench.reconciler.reconcile();
		assertThat(this.bench.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.RESOLVED_BY_POLICY, "outcome_unknown");
		assertThat(this.bench.round()).isEmpty();
		report(send, Type.DELIVERED);
		assertThat(this.bench.state(send.id()).status()).as("the truth may still come").isEqualTo(SendStatus.DELIVERED);
	}

	@Test
	void repeatsATransactionalMessageOfUnknownOutcome() {
		this.first.script = (email) -> new SubmitOutcome.Unknown("timeout");
		Send send = this.bench.queued(this.bench.person("ada@example.com"), DispatchFixture.SERVICE);
		this.bench.round();
		this.clock.advance(Duration.ofMinutes(16));
		this.bench.reconciler.reconcile();
		this.first.script = (email) -> new SubmitOutcome.Accepted("second-time");
		this.bench.round();
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(this.bench.ledger.findBySubject(this.bench.tenant, "send:" + send.id()))
			.extracting(LedgerEntry::kind)
			.containsExactly("send.unknown", "send.queued", "send.accepted");
	}

	@Test
	void makesAnExpiredLeaseUnknown() {
		Send send = this.bench.queued();
		this.bench.claims.claim(10);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.bench.reconciler.reconcile()).as("the lease still holds").isZero();
		this.clock.advance(Duration.ofMinutes(2));
		this.bench.reconciler.reconcile();
		assertThat(this.bench.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.UNKNOWN, "lease_expired");
		assertThat(row(send.id())).containsEntry("fence", 2);
	}

	@Test
	void fencesOutANodeThatLostItsLease() {
		Send send = this.bench.queued();
		ClaimedSend stale = this.bench.claims.claim(10).toSubmit().getFirst();
		expire();
		this.bench.outcomes.save(List.of(answer(stale, new SubmitOutcome.Refused("late", null))));
		assertThat(this.bench.state(send.id()).status()).as("a late no is no reason to send again")
			.isEqualTo(SendStatus.UNKNOWN);
		this.bench.outcomes.save(List.of(answer(stale, new SubmitOutcome.Accepted("p1"))));
		assertThat(this.bench.state(send.id()).status()).as("a late yes is the truth").isEqualTo(SendStatus.ACCEPTED);
	}

	@Test
	void makesNoCallInTheSecondHalfOfItsLease() {
		Send send = this.bench.queued();
		EspSubmitter submission = this.bench.submission();
		List<SendOutcome> failed = new ArrayList<>();
		List<EspSubmitter.PreparedMessage> ready = submission.prepare(this.bench.claims.claim(10).toSubmit(),
				failed::add);
		long woken = System.nanoTime() + Duration.ofMinutes(1).toNanos();
		this.bench.ticker = () -> woken;
		SendOutcome outcome = submission.submit(ready.getFirst());
		assertThat(outcome.result()).isEqualTo(new SubmitOutcome.Refused("lease_too_old", null));
		assertThat(this.first.calls(send.id())).isZero();
	}

	@Test
	void makesNoCallAfterTheMachineSlept() {
		this.bench.queued();
		EspSubmitter submission = this.bench.submission();
		List<EspSubmitter.PreparedMessage> ready = submission.prepare(this.bench.claims.claim(10).toSubmit(),
				(failed) -> {
				});
		// The monotonic clock has not moved
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(submission.submit(ready.getFirst()).result())
			.isEqualTo(new SubmitOutcome.Refused("lease_too_old", null));
		assertThat(this.first.calls).isEmpty();
	}

	@Test
	void queuesAgainWhatANodeHeldTooLongAndNeverTookToAProvider() {
		Send send = this.bench.queued();
		EspSubmitter submission = this.bench.submission();
		List<EspSubmitter.PreparedMessage> ready = submission.prepare(this.bench.claims.claim(10).toSubmit(),
				(failed) -> {
				});
		expire();
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.UNKNOWN);
		this.bench.outcomes.save(ready.stream().map(submission::submit).toList());
		assertThat(this.bench.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.QUEUED, "never_called");
		this.bench.round();
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(this.first.calls(send.id())).isEqualTo(1);
		assertThat(this.bench.ledger.findBySubject(this.bench.tenant, "send:" + send.id()))
			.extracting(LedgerEntry::kind)
			.containsExactly("send.unknown", "send.queued", "send.accepted");
	}

	@Test
	void keepsItsHandsOffASendThatSomebodyElseHasClaimedSince() {
		Send send = this.bench.queued(this.bench.person("ada@example.com"), DispatchFixture.SERVICE);
		ClaimedSend stale = this.bench.claims.claim(10).toSubmit().getFirst();
		expire();
		this.clock.advance(Duration.ofMinutes(16));
		this.bench.reconciler.reconcile();
		this.first.script = (email) -> new SubmitOutcome.Unknown("timeout");
		this.bench.round();
		this.bench.outcomes.save(List
			.of(SendOutcome.local(stale, new SubmitOutcome.Refused("lease_too_old", null), this.clock.instant())));
		assertThat(this.bench.state(send.id()).status()).as("of the second claim nothing is known")
			.isEqualTo(SendStatus.UNKNOWN);
	}

	@Test
	void leavesWhatTheRuleHasEndedAsItIs() {
		Send send = this.bench.queued();
		ClaimedSend stale = this.bench.claims.claim(10).toSubmit().getFirst();
		expire();
		this.clock.advance(Duration.ofMinutes(16));
		this.bench.reconciler.reconcile();
		this.bench.outcomes.save(List
			.of(SendOutcome.local(stale, new SubmitOutcome.Refused("lease_too_old", null), this.clock.instant())));
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.RESOLVED_BY_POLICY);
	}

	@Test
	void blamesNoProviderThatWasNotAsked() {
		Send send = this.bench.queued();
		ClaimedSend claimed = this.bench.claims.claim(10).toSubmit().getFirst();
		this.bench.outcomes.save(List
			.of(SendOutcome.local(claimed, new SubmitOutcome.Refused("not_prepared", null), this.clock.instant())));
		this.clock.advance(Duration.ofMinutes(1));
		this.bench.round();
		assertThat(row(send.id())).containsEntry("status", "accepted").containsEntry("esp", "first");
	}

	@Test
	void keepsTheStatusOfAReportThatOvertookTheAnswer() {
		Send send = this.bench.queued();
		ClaimedSend claimed = this.bench.claims.claim(10).toSubmit().getFirst();
		report(send, Type.DELIVERED);
		this.bench.outcomes.save(List.of(answer(claimed, new SubmitOutcome.Accepted("p1"))));
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.DELIVERED);
		assertThat(row(send.id())).containsEntry("provider_id", "p1");
	}

	@Test
	void goesAnotherWayWhileACircuitIsOpen() {
		this.first.script = (email) -> new SubmitOutcome.Refused("esp.connect", null);
		for (int i = 0; i < 5; i++) {
			this.bench.queued(this.bench.person("p" + i + "@example.com"), DispatchFixture.MARKETING);
			this.bench.round();
			this.bench.round();
		}
		assertThat(this.first.calls).as("three calls are enough to know").hasSize(3);
		assertThat(this.second.calls).hasSize(5);
		this.first.script = (email) -> new SubmitOutcome.Accepted("back");
		this.clock.advance(Duration.ofSeconds(61));
		Send send = this.bench.queued();
		this.bench.round();
		assertThat(row(send.id())).containsEntry("esp", "first");
	}

	@Test
	void claimsEachSendOnceForTwoDispatchers() {
		DispatchFixture other = this.bench;
		List<SendId> sends = queueMany(400);
		Dispatcher one = this.bench.dispatcher();
		Dispatcher two = other.dispatcher();
		this.first.script = (email) -> {
			pause();
			return new SubmitOutcome.Accepted("p-" + email.send());
		};
		one.start();
		two.start();
		try {
			await().atMost(Duration.ofSeconds(30)).until(() -> countAccepted() == 400);
		}
		finally {
			one.stop();
			two.stop();
		}
		assertThat(sends).allSatisfy((send) -> assertThat(this.first.calls(send)).isEqualTo(1));
	}

	/**
	 * Answers come in the order in which a provider gives them. Somebody else holds the
	 * send in the middle until both have taken what they could.
	 */
	@Test
	void savesAnswersWhileReportsOfTheSameSendsComeIn() throws Exception {
		List<SendId> sends = queueMany(3);
		List<SendOutcome> answers = this.bench.claims.claim(3)
			.toSubmit()
			.stream()
			.map((claimed) -> new SendOutcome(claimed, new SubmitOutcome.Accepted("p"), this.clock.instant(),
					"a".repeat(64), "c".repeat(64)))
			.sorted(Comparator.comparing((SendOutcome answer) -> answer.claimed().send().toString()).reversed())
			.toList();
		List<SendEvent> reports = sends.stream()
			.map((send) -> new SendEvent(send, Type.DELIVERED, this.clock.instant(), null, false, null))
			.toList();
		List<Future<?>> both = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
			this.bench.transaction.executeWithoutResult((status) -> {
				this.bench.jdbc.sql("select id from delivery.send where id = ? for update")
					.param(answers.get(1).claimed().send().value())
					.query(UUID.class)
					.single();
				both.add(threads.submit(() -> saveOneByOne(answers)));
				awaitWaiting(1);
				both.add(threads.submit(() -> this.bench.events.record(reports)));
				awaitWaiting(2);
			});
		}
		for (Future<?> one : both) {
			one.get();
		}
		assertThat(sends)
			.allSatisfy((send) -> assertThat(this.bench.state(send).status()).isEqualTo(SendStatus.DELIVERED));
	}

	/**
	 * Of a large table the rows are looked up one after the other, not so of a small one.
	 */
	private void saveOneByOne(List<SendOutcome> answers) {
		this.bench.transaction.executeWithoutResult((status) -> {
			for (String other : List.of("hashjoin", "mergejoin", "seqscan", "bitmapscan")) {
				this.bench.jdbc.sql("set local enable_%s = off".formatted(other)).update();
			}
			this.bench.outcomes.save(answers);
		});
	}

	private void awaitWaiting(int transactions) {
		await().atMost(Duration.ofSeconds(20)).until(() -> this.bench.jdbc.sql("""
				select count(*) from pg_stat_activity
				where datname = current_database() and wait_event_type = 'Lock'
				""").query(Integer.class).single() == transactions);
	}

	@Test
	void dispatchesSoonAfterTheCommit() {
		Dispatcher dispatcher = this.bench.dispatcher();
		dispatcher.start();
		try {
			Send send = this.bench.queued();
			await().pollInterval(Duration.ofMillis(5))
				.atMost(Duration.ofSeconds(5))
				.until(() -> this.bench.state(send.id()).status() == SendStatus.ACCEPTED);
		}
		finally {
			dispatcher.stop();
		}
	}

	@Test
	void savesCallsUnderWayBeforeItStops() throws InterruptedException {
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		this.first.script = (email) -> {
			called.countDown();
			wait(answer);
			return new SubmitOutcome.Accepted("slow");
		};
		Dispatcher dispatcher = this.bench.dispatcher();
		dispatcher.start();
		Send send = this.bench.queued();
		assertThat(called.await(5, TimeUnit.SECONDS)).isTrue();
		Thread stopping = Thread.ofPlatform().start(dispatcher::stop);
		answer.countDown();
		stopping.join(10_000);
		assertThat(dispatcher.isRunning()).isFalse();
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.ACCEPTED);
	}

	@Test
	void treatsABrokenAdapterAsUnknown() {
		this.first.script = (email) -> {
			throw new IllegalStateException("bug");
		};
		Send send = this.bench.queued();
		this.bench.round();
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.UNKNOWN);
	}

	private void refuseEverywhere(Duration retryAfter) {
		this.first.script = (email) -> new SubmitOutcome.Refused("busy", retryAfter);
		this.second.script = this.first.script;
	}

	private SendOutcome answer(ClaimedSend claimed, SubmitOutcome result) {
		return new SendOutcome(claimed, result, this.clock.instant(), "address", "content");
	}

	private void expire() {
		this.clock.advance(Duration.ofMinutes(3));
		this.bench.reconciler.reconcile();
	}

	private void report(Send send, Type type) {
		this.bench.events.record(List.of(new SendEvent(send.id(), type, this.clock.instant(), null, false, null)));
	}

	private List<SendId> queueMany(int count) {
		List<SendRequest> wishes = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			wishes.add(this.bench.wish(this.bench.person("p" + i + "@example.com"), DispatchFixture.MARKETING));
		}
		List<SendId> sends = this.bench.deliveries.plan(this.bench.tenant, wishes).stream().map(Send::id).toList();
		this.bench.queue(sends);
		return sends;
	}

	private int countAccepted() {
		return this.bench.jdbc.sql("select count(*) from delivery.send where tenant_id = ? and status = 'accepted'")
			.param(this.bench.tenant.value())
			.query(Integer.class)
			.single();
	}

	private Map<String, Object> row(SendId id) {
		return this.bench.jdbc.sql("select * from delivery.send where id = ?").param(id.value()).query().singleRow();
	}

	private static void pause() {
		wait(new CountDownLatch(1), 2);
	}

	private static void wait(CountDownLatch latch) {
		wait(latch, 10_000);
	}

	private static void wait(CountDownLatch latch, long millis) {
		try {
			if (latch.await(millis, TimeUnit.MILLISECONDS)) {
				return;
			}
		}
		catch (InterruptedException stop) {
			Thread.currentThread().interrupt();
		}
	}

}
