package io.waypost.delivery.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.access.InvalidRequestException;
import io.waypost.database.TenantScope;
import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.CampaignSendBatch;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SendUpdate;
import io.waypost.delivery.SharedContent;
import io.waypost.delivery.dispatch.DispatchFixture;
import io.waypost.delivery.dispatch.FakeEsp;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.restore.WithholdQueuedSends;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.testing.MutableClock;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SendQueueIntegrationTests {

	private final MutableClock clock = MutableClock.at("2026-11-03T10:00:00Z");

	private final DispatchFixture fixture = new DispatchFixture(this.clock, "first");

	private final FakeEsp esp = this.fixture.esps.getFirst();

	@BeforeEach
	void clearWorkLists() {
		for (String table : Set.of("queue", "claim_lease", "unknown_outcome")) {
			this.fixture.jdbc.sql("delete from delivery." + table).update();
		}
	}

	@Test
	void claimsASendOnceWhenItHasTwoHints() {
		Send send = this.fixture.queued();
		this.fixture.jdbc.sql("insert into delivery.queue select * from delivery.queue").update();
		assertThat(rows("queue")).isEqualTo(2);
		assertThat(this.fixture.dispatchOnce()).hasSize(1);
		assertThat(this.esp.calls(send.id())).isEqualTo(1);
		assertThat(rows("queue")).isZero();
	}

	@Test
	void deletesHintsOfSendsThatAreNotQueued() {
		Send send = this.fixture.queued();
		this.fixture.sends.save(this.fixture.tenant, List
			.of(new SendUpdate(send.id(), SendStatus.WITHHELD, "revoked", null, null, null, Map.of("plan", "none"))));
		assertThat(rows("queue")).isEqualTo(1);
		assertThat(this.fixture.dispatchOnce()).isEmpty();
		assertThat(this.esp.calls).isEmpty();
		assertThat(rows("queue")).isZero();
	}

	@Test
	void addsAHintForASendThatWasRefused() {
		Send send = this.fixture.queued();
		this.esp.script = (email) -> new SubmitOutcome.Refused("busy", null);
		this.fixture.dispatchOnce();
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.QUEUED);
		assertThat(rows("queue")).isEqualTo(1);
	}

	@Test
	void showsTheCurrentAttempt() {
		Send send = this.fixture.queued();
		this.fixture.claimer.claim(50);
		assertThat(attempts(send.id())).singleElement()
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("number", 1)
			.containsEntry("esp", "first")
			.containsEntry("startedAt", this.clock.instant())
			.doesNotContainKey("outcome");
	}

	@Test
	void deletesLeasesAndUnknownOutcomesOnceTheyAreResolved() {
		Send send = this.fixture.queued();
		this.fixture.claimer.claim(50);
		assertThat(rows("claim_lease")).isEqualTo(1);
		this.clock.advance(Duration.ofMinutes(3));
		this.fixture.reconciler.reconcile();
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.UNKNOWN);
		assertThat(attempts(send.id())).singleElement()
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("reason", "lease_expired");
		assertThat(rows("claim_lease")).isZero();
		assertThat(rows("unknown_outcome")).isEqualTo(1);
		this.clock.advance(Duration.ofMinutes(16));
		this.fixture.reconciler.reconcile();
		assertThat(this.fixture.state(send.id()).status()).isEqualTo(SendStatus.RESOLVED_BY_POLICY);
		assertThat(rows("unknown_outcome")).isZero();
	}

	@Test
	void returnsWhetherACampaignIsInProgress() {
		CampaignId campaign = campaign();
		assertThat(inProgress(campaign)).as("queued").isTrue();
		List<ClaimedSend> claimed = this.fixture.claimer.claim(50).toSubmit();
		assertThat(rows("queue")).isZero();
		assertThat(inProgress(campaign)).as("at the provider").isTrue();
		this.fixture.dispatch(claimed);
		assertThat(inProgress(campaign)).as("accepted").isFalse();
	}

	@Test
	void leavesNoHintsOfACancelledCampaign() {
		CampaignId campaign = campaign();
		this.fixture.campaignControl.cancel(this.fixture.tenant, campaign, "campaign_cancelled");
		assertThat(rows("queue")).isZero();
		assertThat(inProgress(campaign)).isFalse();
	}

	@Test
	void withholdsWhatWasQueuedWhenABackupWasTaken() {
		Send queued = this.fixture.queued();
		Send submitting = this.fixture.queued();
		this.fixture.jdbc.sql("delete from delivery.queue where send_id <> ?").param(submitting.id().value()).update();
		this.fixture.claimer.claim(50);
		WithholdQueuedSends command = new WithholdQueuedSends(this.fixture.jdbc, this.fixture.transaction,
				this.fixture.sendLedger, this.fixture.ids, this.clock);
		assertThat(TenantScope.all(() -> command.run(Map.of("reason", "restored")))).startsWith("Withheld ");
		assertThat(this.fixture.state(queued.id()).status()).isEqualTo(SendStatus.WITHHELD);
		assertThat(this.fixture.state(submitting.id()).status()).isEqualTo(SendStatus.SUBMITTING);
		assertThat(this.fixture.dispatchOnce()).isEmpty();
		assertThatThrownBy(() -> command.run(Map.of())).isInstanceOf(InvalidRequestException.class);
	}

	private CampaignId campaign() {
		CampaignId campaign = new CampaignId(this.fixture.ids.next());
		SharedContent contentId = new SharedContent(this.fixture.ids.next(), DispatchFixture.draft(),
				DispatchFixture.cleared(Map.of()));
		this.fixture.contents.store(this.fixture.tenant, List.of(contentId));
		ProfileId profile = this.fixture.profile("ada@example.com");
		this.fixture.campaigns.add(this.fixture.tenant,
				new CampaignSendBatch(campaign, "spring", DispatchFixture.MARKETING,
						Map.of("campaign", campaign.toString())),
				List.of(new CampaignSend(profile, contentId.id(), "a", SendStatus.QUEUED, null, null, null, Map.of())));
		return campaign;
	}

	private boolean inProgress(CampaignId campaign) {
		return this.fixture.campaignControl.isInProgress(this.fixture.tenant, campaign);
	}

	private List<?> attempts(SendId send) {
		return (List<?>) new SendLog(this.fixture.jdbc, this.fixture.sendLedger, this.fixture.json)
			.find(this.fixture.tenant, send)
			.orElseThrow()
			.explanation()
			.get("attempts");
	}

	private int rows(String table) {
		return this.fixture.jdbc.sql("select count(*) from delivery." + table).query(Integer.class).single();
	}

}
