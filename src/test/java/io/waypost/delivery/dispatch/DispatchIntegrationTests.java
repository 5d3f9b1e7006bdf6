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

import io.waypost.content.BrandKit;
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

	private final DispatchFixture fixture = new DispatchFixture(this.clock, "first", "second");

	private final FakeEsp first = this.fixture.esps.getFirst();

	private final FakeEsp second = this.fixture.esps.getLast();

	@Test
	void sendsOnceAndStoresTheDetails() {
		Send send = this.fixture.queued();
		this.fixture.dispatchOnce();
		Send after = this.fixture.state(send.id());
		assertThat(after.status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(after.acceptedAt()).isEqualTo(this.clock.instant());
		assertThat(this.first.calls(send.id())).isEqualTo(1);
		assertThat(row(send.id())).containsEntry("provider_id", "fake-" + send.id())
			.containsEntry("consent_version", 7L)
			.containsEntry("fence", 1);
		assertThat(row(send.id()).get("content_hash")).asString().hasSize(64);
		assertThat(this.fixture.ledger.findBySubject(this.fixture.tenant, "send:" + send.id()))
			.extracting(LedgerEntry::kind)
			.containsExactly("send.accepted");
		assertThat(this.fixture.dispatchOnce()).as("nothing is due").isEmpty();
	}

	@Test
	void withholdsWhenConsentWasRevokedSinceItWasQueued() {
		Send send = this.fixture.queued();
		this.fixture.forbidden.add(send.profile());
		this.fixture.dispatchOnce();
		assertThat(this.fixture.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.WITHHELD, "revoked");
		assertThat(this.first.calls).isEmpty();
		assertThat(this.fixture.attempts(send.id())).isZero();
	}

	@Test
	void sendsNothingWhilePermissionCannotBeChecked() {
		Send send = this.fixture.queued();
		this.fixture.permissionFault = new IllegalStateException("no table");
		assertThatThrownBy(this.fixture::dispatchOnce).hasMessage("no table");
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.QUEUED);
		this.fixture.permissionFault = null;
		this.fixture.dispatchOnce();
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.ACCEPTED);
	}

	@Test
	void marksASendWithoutAddressAsDead() {
		Send send = this.fixture.queued(new ProfileId(this.fixture.ids.next()), DispatchFixture.MARKETING);
		this.fixture.dispatchOnce();
		assertThat(this.fixture.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.DEAD, "no_address");
		assertThat(this.first.calls).isEmpty();
	}

	@Test
	void sendsNoContentThatWasInspectedWithAnotherBrandKit() {
		Send send = this.fixture.queued();
		BrandKit inspected = this.fixture.brand;
		this.fixture.brand = new BrandKit(2, "Your Bank", "security@bank.example", inspected.postalAddress(),
				inspected.siteUrl(), inspected.logoUrl(), inspected.accentColour(), inspected.linkHosts(),
				inspected.forbiddenWords());
		this.fixture.dispatchOnce();
		assertThat(this.fixture.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.DEAD, "brand_kit_changed");
		assertThat(this.first.calls).isEmpty();
	}

	@Test
	void marksASendThatCannotBeRenderedAsDead() {
		Send send = this.fixture.queued();
		this.fixture.renderFault = new IllegalStateException("template broke on ada@example.com");
		this.fixture.dispatchOnce();
		assertThat(this.fixture.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.DEAD, "render_failed");
	}

	@Test
	void failsOverAtOnceAfterADefiniteRefusal() {
		this.first.script = (email) -> new SubmitOutcome.Refused("busy", null);
		Send send = this.fixture.queued();
		this.fixture.dispatchOnce();
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.QUEUED);
		this.fixture.dispatchOnce();
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(this.first.calls(send.id())).isEqualTo(1);
		assertThat(this.second.calls(send.id())).isEqualTo(1);
		assertThat(row(send.id())).containsEntry("esp", "second").containsEntry("attempts", 2);
	}

	@Test
	void backsOffWhenAllProvidersRefuse() {
		refuseEverywhere(null);
		Send send = this.fixture.queued();
		this.fixture.dispatchOnce();
		this.fixture.dispatchOnce();
		assertThat(this.fixture.dispatchOnce()).as("not due yet").isEmpty();
		this.clock.advance(Duration.ofSeconds(31));
		assertThat(this.fixture.dispatchOnce()).hasSize(1);
		assertThat(this.first.calls(send.id())).isEqualTo(2);
	}

	@Test
	void waitsForTheRetryAfterOfTheProvider() {
		refuseEverywhere(Duration.ofMinutes(10));
		this.fixture.queued();
		this.fixture.dispatchOnce();
		this.fixture.dispatchOnce();
		this.clock.advance(Duration.ofMinutes(9));
		assertThat(this.fixture.dispatchOnce()).isEmpty();
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(this.fixture.dispatchOnce()).hasSize(1);
	}

	@Test
	void marksASendAsDeadAfterTheLastAttempt() {
		refuseEverywhere(null);
		Send send = this.fixture.queued();
		for (int i = 0; i < 4; i++) {
			this.fixture.dispatchOnce();
			this.clock.advance(Duration.ofHours(1));
		}
		assertThat(this.fixture.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.DEAD, "attempts_exhausted");
		assertThat(this.fixture.dispatchOnce()).isEmpty();
	}

	@Test
	void keepsAnUnknownOutcomeAndNeverFailsOver() {
		this.first.script = (email) -> new SubmitOutcome.Unknown("timeout");
		Send send = this.fixture.queued();
		this.fixture.dispatchOnce();
		assertThat(this.fixture.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.UNKNOWN, "timeout");
		this.clock.advance(Duration.ofMinutes(14));
		this.fixture.reconciler.reconcile();
		assertThat(this.fixture.dispatchOnce()).isEmpty();
		assertThat(this.second.calls).isEmpty();
		assertThat(row(send.id())).containsEntry("esp", "first");
	}

	@Test
	void acceptsAnUnknownOutcomeOnALateReport() {
		this.first.script = (email) -> new SubmitOutcome.Unknown("timeout");
		Send send = this.fixture.queued();
		this.fixture.dispatchOnce();
		report(send, Type.PROCESSED);
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(this.fixture.state(send.id()).acceptedAt()).isNotNull();
	}

	@Test
	void doesNotRepeatAMarketingMessageOfUnknownOutcome() {
		this.first.script = (email) -> new SubmitOutcome.Unknown("timeout");
		Send send = this.fixture.queued();
		this.fixture.dispatchOnce();
		this.clock.advance(Duration.ofMinutes(16));
		this.fixture.reconciler.reconcile();
		assertThat(this.fixture.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.RESOLVED_BY_POLICY, "outcome_unknown");
		assertThat(this.fixture.dispatchOnce()).isEmpty();
		report(send, Type.DELIVERED);
		assertThat(this.fixture.state(send.id()).status()).as("a late report overrides the policy")
			.isEqualTo(SendStatus.DELIVERED);
	}

	@Test
	void repeatsATransactionalMessageOfUnknownOutcome() {
		this.first.script = (email) -> new SubmitOutcome.Unknown("timeout");
		Send send = this.fixture.queued(this.fixture.profile("ada@example.com"), DispatchFixture.SERVICE);
		this.fixture.dispatchOnce();
		this.clock.advance(Duration.ofMinutes(16));
		this.fixture.reconciler.reconcile();
		this.first.script = (email) -> new SubmitOutcome.Accepted("second-time");
		this.fixture.dispatchOnce();
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(this.fixture.ledger.findBySubject(this.fixture.tenant, "send:" + send.id()))
			.extracting(LedgerEntry::kind)
			.containsExactly("send.unknown", "send.queued", "send.accepted");
	}

	@Test
	void makesAnExpiredLeaseUnknown() {
		Send send = this.fixture.queued();
		this.fixture.claimer.claim(10);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.fixture.reconciler.reconcile()).as("the lease still holds").isZero();
		this.clock.advance(Duration.ofMinutes(2));
		this.fixture.reconciler.reconcile();
		assertThat(this.fixture.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.UNKNOWN, "lease_expired");
		assertThat(row(send.id())).containsEntry("fence", 2);
	}

	@Test
	void fencesOutANodeThatLostItsLease() {
		Send send = this.fixture.queued();
		ClaimedSend stale = this.fixture.claimer.claim(10).toSubmit().getFirst();
		expire();
		this.fixture.outcomes.save(List.of(answer(stale, new SubmitOutcome.Refused("late", null))));
		assertThat(this.fixture.state(send.id()).status()).as("a late refusal does not queue the send again")
			.isEqualTo(SendStatus.UNKNOWN);
		this.fixture.outcomes.save(List.of(answer(stale, new SubmitOutcome.Accepted("p1"))));
		assertThat(this.fixture.state(send.id()).status()).as("a late acceptance counts")
			.isEqualTo(SendStatus.ACCEPTED);
	}

	@Test
	void makesNoCallInTheSecondHalfOfItsLease() {
		Send send = this.fixture.queued();
		EspSubmitter submitter = this.fixture.submitter();
		List<SendOutcome> failed = new ArrayList<>();
		List<EspSubmitter.PreparedMessage> ready = submitter.prepare(this.fixture.claimer.claim(10).toSubmit(),
				failed::add);
		long woken = System.nanoTime() + Duration.ofMinutes(1).toNanos();
		this.fixture.ticker = () -> woken;
		SendOutcome outcome = submitter.submit(ready.getFirst());
		assertThat(outcome.result()).isEqualTo(new SubmitOutcome.Refused("lease_too_old", null));
		assertThat(this.first.calls(send.id())).isZero();
	}

	@Test
	void makesNoCallAfterASuspend() {
		this.fixture.queued();
		EspSubmitter submitter = this.fixture.submitter();
		List<EspSubmitter.PreparedMessage> ready = submitter.prepare(this.fixture.claimer.claim(10).toSubmit(),
				(failed) -> {
				});
		// The monotonic clock has not moved
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(submitter.submit(ready.getFirst()).result())
			.isEqualTo(new SubmitOutcome.Refused("lease_too_old", null));
		assertThat(this.first.calls).isEmpty();
	}

	@Test
	void queuesAgainASendThatWasHeldTooLongAndNeverSubmitted() {
		Send send = this.fixture.queued();
		EspSubmitter submitter = this.fixture.submitter();
		List<EspSubmitter.PreparedMessage> ready = submitter.prepare(this.fixture.claimer.claim(10).toSubmit(),
				(failed) -> {
				});
		expire();
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.UNKNOWN);
		this.fixture.outcomes.save(ready.stream().map(submitter::submit).toList());
		assertThat(this.fixture.state(send.id())).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.QUEUED, "never_called");
		this.fixture.dispatchOnce();
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(this.first.calls(send.id())).isEqualTo(1);
		assertThat(this.fixture.ledger.findBySubject(this.fixture.tenant, "send:" + send.id()))
			.extracting(LedgerEntry::kind)
			.containsExactly("send.unknown", "send.queued", "send.accepted");
	}

	@Test
	void leavesASendUnchangedThatWasClaimedAgain() {
		Send send = this.fixture.queued(this.fixture.profile("ada@example.com"), DispatchFixture.SERVICE);
		ClaimedSend stale = this.fixture.claimer.claim(10).toSubmit().getFirst();
		expire();
		this.clock.advance(Duration.ofMinutes(16));
		this.fixture.reconciler.reconcile();
		this.first.script = (email) -> new SubmitOutcome.Unknown("timeout");
		this.fixture.dispatchOnce();
		this.fixture.outcomes.save(List
			.of(SendOutcome.local(stale, new SubmitOutcome.Refused("lease_too_old", null), this.clock.instant())));
		assertThat(this.fixture.state(send.id()).status()).as("the outcome of the second claim is unknown")
			.isEqualTo(SendStatus.UNKNOWN);
	}

	@Test
	void leavesASendUnchangedThatThePolicyHasEnded() {
		Send send = this.fixture.queued();
		ClaimedSend stale = this.fixture.claimer.claim(10).toSubmit().getFirst();
		expire();
		this.clock.advance(Duration.ofMinutes(16));
		this.fixture.reconciler.reconcile();
		this.fixture.outcomes.save(List
			.of(SendOutcome.local(stale, new SubmitOutcome.Refused("lease_too_old", null), this.clock.instant())));
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.RESOLVED_BY_POLICY);
	}

	@Test
	void doesNotCountAProviderThatWasNotCalled() {
		Send send = this.fixture.queued();
		ClaimedSend claimed = this.fixture.claimer.claim(10).toSubmit().getFirst();
		this.fixture.outcomes.save(List
			.of(SendOutcome.local(claimed, new SubmitOutcome.Refused("not_prepared", null), this.clock.instant())));
		this.clock.advance(Duration.ofMinutes(1));
		this.fixture.dispatchOnce();
		assertThat(row(send.id())).containsEntry("status", "accepted").containsEntry("esp", "first");
	}

	@Test
	void keepsTheStatusOfAReportThatArrivedBeforeTheAnswer() {
		Send send = this.fixture.queued();
		ClaimedSend claimed = this.fixture.claimer.claim(10).toSubmit().getFirst();
		report(send, Type.DELIVERED);
		this.fixture.outcomes.save(List.of(answer(claimed, new SubmitOutcome.Accepted("p1"))));
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.DELIVERED);
		assertThat(row(send.id())).containsEntry("provider_id", "p1");
	}

	@Test
	void usesAnotherProviderWhileACircuitBreakerIsOpen() {
		this.first.script = (email) -> new SubmitOutcome.Refused("esp.connect", null);
		for (int i = 0; i < 5; i++) {
			this.fixture.queued(this.fixture.profile("p" + i + "@example.com"), DispatchFixture.MARKETING);
			this.fixture.dispatchOnce();
			this.fixture.dispatchOnce();
		}
		assertThat(this.first.calls).as("the circuit breaker opens after three faults").hasSize(3);
		assertThat(this.second.calls).hasSize(5);
		this.first.script = (email) -> new SubmitOutcome.Accepted("back");
		this.clock.advance(Duration.ofSeconds(61));
		Send send = this.fixture.queued();
		this.fixture.dispatchOnce();
		assertThat(row(send.id())).containsEntry("esp", "first");
	}

	@Test
	void claimsEachSendOnceForTwoDispatchers() {
		DispatchFixture other = this.fixture;
		List<SendId> sends = queueMany(400);
		Dispatcher one = this.fixture.dispatcher();
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
	 * Answers arrive in the order of the provider. Another transaction holds the send in
	 * the middle until both have locked what they can.
	 */
	@Test
	void savesAnswersWhileReportsOfTheSameSendsArrive() throws Exception {
		List<SendId> sends = queueMany(3);
		List<SendOutcome> answers = this.fixture.claimer.claim(3)
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
			this.fixture.transaction.executeWithoutResult((status) -> {
				this.fixture.jdbc.sql("select id from delivery.send where id = ? for update")
					.param(answers.get(1).claimed().send().value())
					.query(UUID.class)
					.single();
				both.add(threads.submit(() -> saveOneByOne(answers)));
				awaitWaiting(1);
				both.add(threads.submit(() -> this.fixture.events.record(reports)));
				awaitWaiting(2);
			});
		}
		for (Future<?> one : both) {
			one.get();
		}
		assertThat(sends)
			.allSatisfy((send) -> assertThat(this.fixture.state(send).status()).isEqualTo(SendStatus.DELIVERED));
	}

	/** Large tables are updated row by row with index look-ups; small ones are not. */
	private void saveOneByOne(List<SendOutcome> answers) {
		this.fixture.transaction.executeWithoutResult((status) -> {
			for (String other : List.of("hashjoin", "mergejoin", "seqscan", "bitmapscan")) {
				this.fixture.jdbc.sql("set local enable_%s = off".formatted(other)).update();
			}
			this.fixture.outcomes.save(answers);
		});
	}

	private void awaitWaiting(int transactions) {
		await().atMost(Duration.ofSeconds(20)).until(() -> this.fixture.jdbc.sql("""
				select count(*) from pg_stat_activity
				where datname = current_database() and wait_event_type = 'Lock'
				""").query(Integer.class).single() == transactions);
	}

	@Test
	void dispatchesSoonAfterTheCommit() {
		Dispatcher dispatcher = this.fixture.dispatcher();
		dispatcher.start();
		try {
			Send send = this.fixture.queued();
			await().pollInterval(Duration.ofMillis(5))
				.atMost(Duration.ofSeconds(5))
				.until(() -> this.fixture.state(send.id()).status() == SendStatus.ACCEPTED);
		}
		finally {
			dispatcher.stop();
		}
	}

	@Test
	void savesRunningCallsBeforeItStops() throws InterruptedException {
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		this.first.script = (email) -> {
			called.countDown();
			wait(answer);
			return new SubmitOutcome.Accepted("slow");
		};
		Dispatcher dispatcher = this.fixture.dispatcher();
		dispatcher.start();
		Send send = this.fixture.queued();
		assertThat(called.await(5, TimeUnit.SECONDS)).isTrue();
		Thread stopping = Thread.ofPlatform().start(dispatcher::stop);
		answer.countDown();
		stopping.join(10_000);
		assertThat(dispatcher.isRunning()).isFalse();
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.ACCEPTED);
	}

	@Test
	void treatsAnUnexpectedExceptionAsUnknown() {
		this.first.script = (email) -> {
			throw new IllegalStateException("bug");
		};
		Send send = this.fixture.queued();
		this.fixture.dispatchOnce();
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.UNKNOWN);
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
		this.fixture.reconciler.reconcile();
	}

	private void report(Send send, Type type) {
		this.fixture.events.record(List.of(new SendEvent(send.id(), type, this.clock.instant(), null, false, null)));
	}

	private List<SendId> queueMany(int count) {
		List<SendRequest> requests = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			requests
				.add(this.fixture.request(this.fixture.profile("p" + i + "@example.com"), DispatchFixture.MARKETING));
		}
		List<SendId> sends = this.fixture.sends.plan(this.fixture.tenant, requests).stream().map(Send::id).toList();
		this.fixture.queue(sends);
		return sends;
	}

	private int countAccepted() {
		return this.fixture.jdbc.sql("select count(*) from delivery.send where tenant_id = ? and status = 'accepted'")
			.param(this.fixture.tenant.value())
			.query(Integer.class)
			.single();
	}

	private Map<String, Object> row(SendId id) {
		return this.fixture.jdbc.sql("select * from delivery.send where id = ?").param(id.value()).query().singleRow();
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
