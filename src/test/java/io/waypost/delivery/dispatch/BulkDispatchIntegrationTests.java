package io.waypost.delivery.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.CampaignSendBatch;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SharedContent;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.outcome.SendOutcome;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.SendId;
import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BulkDispatchIntegrationTests {

	private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");

	private final FakeBulkEsp esp = new FakeBulkEsp("bulk");

	private final DispatchFixture bench = new DispatchFixture(this.clock, List.of(this.esp));

	private final CampaignId campaign = new CampaignId(this.bench.ids.next());

	@Test
	void handsManyOverAtOnceAndEachOnce() {
		List<SendId> sends = queue(300);
		dispatchUntil(() -> count(SendStatus.ACCEPTED) == 300);
		assertThat(sends).allSatisfy((send) -> assertThat(this.esp.calls(send)).isEqualTo(1));
		assertThat(this.esp.requests).hasSizeLessThan(12).allMatch((size) -> size >= 50);
	}

	@Test
	void tellsTheAnswersOfOneRequestApart() {
		List<SendId> sends = queue(60);
		SendId refused = sends.get(3);
		SendId rejected = sends.get(4);
		SendId unknown = sends.get(5);
		this.esp.script = (email) -> email.send().equals(refused) ? new SubmitOutcome.Refused("busy", null)
				: email.send().equals(rejected) ? new SubmitOutcome.Rejected("malformed") : email.send().equals(unknown)
						? new SubmitOutcome.Unknown("timeout") : new SubmitOutcome.Accepted("p-" + email.send());
		dispatchUntil(() -> count(SendStatus.ACCEPTED) == 57 && count(SendStatus.UNKNOWN) == 1
				&& count(SendStatus.DEAD) == 1);
		assertThat(this.bench.state(refused)).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.QUEUED, "busy");
		assertThat(this.bench.state(rejected).reason()).isEqualTo("malformed");
		assertThat(this.bench.state(unknown).reason()).isEqualTo("timeout");
	}

	@Test
	void repeatsNothingWhenAProviderBreaksItsContract() {
		queue(50);
		this.esp.answers = (answers) -> answers.subList(1, answers.size());
		dispatchUntil(() -> count(SendStatus.UNKNOWN) == 50);
		assertThat(this.esp.calls.values()).allMatch((calls) -> calls.get() == 1);
	}

	@Test
	void leavesOutWhatIsLateInItsLease() {
		List<SendId> sends = queue(2);
		EspSubmitter submission = this.bench.submission();
		List<SendOutcome> failed = new ArrayList<>();
		List<EspSubmitter.PreparedMessage> ready = submission.prepare(this.bench.claims.claim(10).toSubmit(),
				failed::add);
		this.clock.advance(Duration.ofSeconds(61));
		List<SendOutcome> outcomes = submission.submitAll(ready, this.esp);
		assertThat(outcomes).extracting(SendOutcome::result)
			.containsOnly(new SubmitOutcome.Refused("lease_too_old", null))
			.hasSize(2);
		assertThat(sends).allSatisfy((send) -> assertThat(this.esp.calls(send)).isZero());
	}

	@Test
	void claimsNothingBeforeItCanBePreparedSoThatAPauseKeepsIt() {
		int prepared = DispatchFixture.BATCH * Dispatcher.PREPARER_THREADS;
		queue(prepared + 60);
		CountDownLatch paused = new CountDownLatch(1);
		this.bench.beforeOpening = () -> waitFor(paused);
		Dispatcher dispatcher = this.bench.dispatcher();
		dispatcher.start();
		try {
			await().atMost(30, TimeUnit.SECONDS)
				.during(400, TimeUnit.MILLISECONDS)
				.until(() -> count(SendStatus.SUBMITTING) == prepared);
			this.bench.deliveries.pause(this.bench.tenant, this.campaign);
			paused.countDown();
			await().atMost(30, TimeUnit.SECONDS)
				.during(400, TimeUnit.MILLISECONDS)
				.until(() -> count(SendStatus.ACCEPTED) == prepared && count(SendStatus.QUEUED) == 60);
		}
		finally {
			paused.countDown();
			dispatcher.stop();
		}
	}

	private void dispatchUntil(Callable<Boolean> done) {
		Dispatcher dispatcher = this.bench.dispatcher();
		dispatcher.start();
		try {
			await().atMost(30, TimeUnit.SECONDS).until(done);
		}
		finally {
			dispatcher.stop();
		}
	}

	private static void waitFor(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException stop) {
			Thread.currentThread().interrupt();
		}
	}

	private long count(SendStatus status) {
		return this.bench.deliveries.countByStatus(this.bench.tenant, this.campaign)
			.getOrDefault(status, Map.of())
			.values()
			.stream()
			.mapToLong(Long::longValue)
			.sum();
	}

	private List<SendId> queue(int count) {
		UUID words = this.bench.ids.next();
		this.bench.deliveries.storeContents(this.bench.tenant,
				List.of(new SharedContent(words, DispatchFixture.draft(), Map.of())));
		List<CampaignSend> sends = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			sends.add(new CampaignSend(this.bench.person("p" + i + "@example.com"), words, null, SendStatus.QUEUED,
					null, null, null, Map.of()));
		}
		return List.copyOf(this.bench.deliveries
			.add(this.bench.tenant, new CampaignSendBatch(this.campaign, "spring", "marketing", Map.of()), sends)
			.values());
	}

}
