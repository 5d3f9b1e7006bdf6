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

	private final DispatchFixture fixture = new DispatchFixture(this.clock, List.of(this.esp));

	private final CampaignId campaign = new CampaignId(this.fixture.ids.next());

	@Test
	void submitsManyInOneRequestAndEachOnce() {
		List<SendId> sends = queue(300);
		dispatchUntil(() -> count(SendStatus.ACCEPTED) == 300);
		assertThat(sends).allSatisfy((send) -> assertThat(this.esp.calls(send)).isEqualTo(1));
		assertThat(this.esp.requests).hasSizeLessThan(12).allMatch((size) -> size >= 50);
	}

	@Test
	void savesTheOutcomeOfEachMessageOfARequest() {
		List<SendId> sends = queue(60);
		SendId refused = sends.get(3);
		SendId rejected = sends.get(4);
		SendId unknown = sends.get(5);
		this.esp.script = (email) -> email.send().equals(refused) ? new SubmitOutcome.Refused("busy", null)
				: email.send().equals(rejected) ? new SubmitOutcome.Rejected("malformed") : email.send().equals(unknown)
						? new SubmitOutcome.Unknown("timeout") : new SubmitOutcome.Accepted("p-" + email.send());
		dispatchUntil(() -> count(SendStatus.ACCEPTED) == 57 && count(SendStatus.UNKNOWN) == 1
				&& count(SendStatus.DEAD) == 1);
		assertThat(this.fixture.state(refused)).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.QUEUED, "busy");
		assertThat(this.fixture.state(rejected).reason()).isEqualTo("malformed");
		assertThat(this.fixture.state(unknown).reason()).isEqualTo("timeout");
	}

	@Test
	void resendsNothingWhenAProviderReturnsTooFewOutcomes() {
		queue(50);
		this.esp.answers = (answers) -> answers.subList(1, answers.size());
		// A message that was claimed alone is not part of a request for many
		dispatchUntil(() -> count(SendStatus.UNKNOWN) + count(SendStatus.ACCEPTED) == 50);
		assertThat(count(SendStatus.UNKNOWN)).isPositive();
		assertThat(this.esp.calls.values()).allMatch((calls) -> calls.get() == 1);
	}

	@Test
	void doesNotSubmitSendsLateInTheirLease() {
		List<SendId> sends = queue(2);
		EspSubmitter submitter = this.fixture.submitter();
		List<SendOutcome> failed = new ArrayList<>();
		List<EspSubmitter.PreparedMessage> ready = submitter.prepare(this.fixture.claimer.claim(10).toSubmit(),
				failed::add);
		this.clock.advance(Duration.ofSeconds(61));
		List<SendOutcome> outcomes = submitter.submitAll(ready, this.esp);
		assertThat(outcomes).extracting(SendOutcome::result)
			.containsOnly(new SubmitOutcome.Refused("lease_too_old", null))
			.hasSize(2);
		assertThat(sends).allSatisfy((send) -> assertThat(this.esp.calls(send)).isZero());
	}

	@Test
	void claimsOnlyWhatCanBePreparedSoThatAPauseKeepsTheRest() {
		int prepared = DispatchFixture.BATCH * Dispatcher.PREPARER_THREADS;
		queue(prepared + 60);
		CountDownLatch paused = new CountDownLatch(1);
		this.fixture.beforeAddressRead = () -> waitFor(paused);
		Dispatcher dispatcher = this.fixture.dispatcher();
		dispatcher.start();
		try {
			await().atMost(30, TimeUnit.SECONDS)
				.during(400, TimeUnit.MILLISECONDS)
				.until(() -> count(SendStatus.SUBMITTING) == prepared);
			this.fixture.campaignControl.pause(this.fixture.tenant, this.campaign);
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
		Dispatcher dispatcher = this.fixture.dispatcher();
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
		return this.fixture.campaignControl.countByStatus(this.fixture.tenant, this.campaign)
			.getOrDefault(status, Map.of())
			.values()
			.stream()
			.mapToLong(Long::longValue)
			.sum();
	}

	private List<SendId> queue(int count) {
		UUID contentId = this.fixture.ids.next();
		this.fixture.contents.store(this.fixture.tenant,
				List.of(new SharedContent(contentId, DispatchFixture.draft(), DispatchFixture.cleared(Map.of()))));
		List<CampaignSend> sends = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			sends.add(new CampaignSend(this.fixture.profile("p" + i + "@example.com"), contentId, null,
					SendStatus.QUEUED, null, null, null, Map.of()));
		}
		return List.copyOf(this.fixture.campaigns
			.add(this.fixture.tenant, new CampaignSendBatch(this.campaign, "spring", "marketing", Map.of()), sends)
			.values());
	}

}
