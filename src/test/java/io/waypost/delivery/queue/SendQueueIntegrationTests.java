package io.waypost.delivery.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.CampaignSendBatch;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SendUpdate;
import io.waypost.delivery.SharedContent;
import io.waypost.delivery.dispatch.DispatchFixture;
import io.waypost.delivery.dispatch.EspSubmitter;
import io.waypost.delivery.dispatch.FakeEsp;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.testing.MutableClock;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SendQueueIntegrationTests {

	private final MutableClock clock = MutableClock.at("2026-11-03T10:00:00Z");

	private final DispatchFixture bench = new DispatchFixture(this.clock, "first");

	private final FakeEsp esp = this.bench.esps.getFirst();

	@BeforeEach
	void forgetEarlierTests() {
		for (String table : Set.of("queue", "lease", "unresolved")) {
			this.bench.jdbc.sql("delete from delivery." + table).update();
		}
	}

	@Test
	void takesASendOnceThoughItIsHintedAtTwice() {
		Send send = this.bench.queued();
		this.bench.jdbc.sql("insert into delivery.queue select * from delivery.queue").update();
		assertThat(rows("queue")).isEqualTo(2);
		assertThat(this.bench.round()).hasSize(1);
		assertThat(this.esp.calls(send.id())).isEqualTo(1);
		assertThat(rows("queue")).isZero();
	}

	@Test
	void throwsAwayHintsAtSendsThatNoLongerWait() {
		Send send = this.bench.queued();
		this.bench.deliveries.save(this.bench.tenant, List
			.of(new SendUpdate(send.id(), SendStatus.WITHHELD, "revoked", null, null, null, Map.of("plan", "none"))));
		assertThat(rows("queue")).isEqualTo(1);
		assertThat(this.bench.round()).isEmpty();
		assertThat(this.esp.calls).isEmpty();
		assertThat(rows("queue")).isZero();
	}

	@Test
	void hintsAtASendAgainThatNobodyCouldTake() {
		Send send = this.bench.queued();
		this.esp.script = (email) -> new SubmitOutcome.Refused("busy", null);
		this.bench.round();
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.QUEUED);
		assertThat(rows("queue")).isEqualTo(1);
	}

	@Test
	void showsTheAttemptThatIsUnderWay() {
		Send send = this.bench.queued();
		this.bench.claims.claim(50);
		assertThat(attempts(send.id())).singleElement()
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("number", 1)
			.containsEntry("esp", "first")
			.containsEntry("startedAt", this.clock.instant())
			.doesNotContainKey("outcome");
	}

	@Test
	void forgetsLeasesAndOpenQuestionsOnceTheyAreSettled() {
		Send send = this.bench.queued();
		this.bench.claims.claim(50);
		assertThat(rows("lease")).isEqualTo(1);
		this.clock.advance(Duration.ofMinutes(3));
		this.bench.reconciler.reconcile();
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.UNKNOWN);
		assertThat(attempts(send.id())).singleElement()
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("reason", "lease_expired");
		assertThat(rows("lease")).isZero();
		assertThat(rows("unresolved")).isEqualTo(1);
		this.clock.advance(Duration.ofMinutes(16));
		this.bench.reconciler.reconcile();
		assertThat(this.bench.state(send.id()).status()).isEqualTo(SendStatus.RESOLVED_BY_POLICY);
		assertThat(rows("unresolved")).isZero();
	}

	@Test
	void tellsWhetherACampaignIsUnderWay() {
		CampaignId campaign = campaign();
		assertThat(underWay(campaign)).as("queued").isTrue();
		List<ClaimedSend> claimed = this.bench.claims.claim(50).toSubmit();
		assertThat(rows("queue")).isZero();
		assertThat(underWay(campaign)).as("at the provider").isTrue();
		EspSubmitter submission = this.bench.submission();
		this.bench.outcomes.save(submission.prepare(claimed, (failed) -> {
		}).stream().map(submission::submit).toList());
		assertThat(underWay(campaign)).as("accepted").isFalse();
	}

	@Test
	void leavesNoHintsOfADroppedCampaign() {
		CampaignId campaign = campaign();
		this.bench.deliveries.cancel(this.bench.tenant, campaign, "campaign_cancelled");
		assertThat(rows("queue")).isZero();
		assertThat(underWay(campaign)).isFalse();
	}

	private CampaignId campaign() {
		CampaignId campaign = new CampaignId(this.bench.ids.next());
		SharedContent words = new SharedContent(this.bench.ids.next(), DispatchFixture.draft(), Map.of());
		this.bench.deliveries.storeContents(this.bench.tenant, List.of(words));
		ProfileId person = this.bench.person("ada@example.com");
		this.bench.deliveries.add(this.bench.tenant,
				new CampaignSendBatch(campaign, "spring", DispatchFixture.MARKETING,
						Map.of("campaign", campaign.toString())),
				List.of(new CampaignSend(person, words.id(), "a", SendStatus.QUEUED, null, null, null, Map.of())));
		return campaign;
	}

	private boolean underWay(CampaignId campaign) {
		return this.bench.deliveries.isInProgress(this.bench.tenant, campaign);
	}

	private List<?> attempts(SendId send) {
		return (List<?>) new SendLog(this.bench.jdbc, this.bench.records, this.bench.json).find(this.bench.tenant, send)
			.orElseThrow()
			.explanation()
			.get("attempts");
	}

	private int rows(String table) {
		return this.bench.jdbc.sql("select count(*) from delivery." + table).query(Integer.class).single();
	}

}
