package io.waypost.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.waypost.delivery.dispatch.DispatchFixture;
import io.waypost.delivery.dispatch.FakeEsp;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.profile.TestMerges;
import io.waypost.delivery.queue.ClaimedSend;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.delivery.tracking.LinkTarget;
import io.waypost.identity.ProfilesMerged;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CampaignSendsIntegrationTests {

	private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");

	private final DispatchFixture fixture = new DispatchFixture(this.clock, "fake");

	private final FakeEsp esp = this.fixture.esps.getFirst();

	private final CampaignId campaign = new CampaignId(this.fixture.ids.next());

	private final UUID contentId = share();

	private final SendLog log = new SendLog(this.fixture.jdbc, this.fixture.sendLedger, this.fixture.json);

	@Test
	void sendsSharedContentToEachRecipientOnce() {
		List<CampaignSend> sends = profiles(120).stream().map(this::queued).toList();
		List<SendId> added = add(sends);
		assertThat(added).hasSize(120).doesNotHaveDuplicates();
		assertThat(add(sends)).as("every recipient has a send").isEmpty();
		drain();
		assertThat(counts()).isEqualTo(Map.of(SendStatus.ACCEPTED, Map.of("", 120L)));
		assertThat(added).allSatisfy((send) -> assertThat(this.esp.calls(send)).isEqualTo(1));
	}

	@Test
	void addsOnceWithConcurrentCalls() throws Exception {
		List<CampaignSend> sends = profiles(50).stream().map(this::queued).toList();
		try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
			List<Callable<List<SendId>>> tasks = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				List<CampaignSend> shuffled = new ArrayList<>(sends);
				Collections.shuffle(shuffled);
				tasks.add(() -> add(shuffled));
			}
			Set<SendId> all = ConcurrentHashMap.newKeySet();
			for (Future<List<SendId>> added : threads.invokeAll(tasks)) {
				assertThat(added.get()).allSatisfy((send) -> assertThat(all.add(send)).isTrue());
			}
			assertThat(all).hasSize(50);
		}
	}

	@Test
	void updatesOnlyDeferredSends() {
		ProfileId profile = this.fixture.profile("a@example.com");
		CampaignSend deferred = new CampaignSend(profile, this.contentId, "a", SendStatus.DEFERRED, "quiet_hours", null,
				this.clock.instant().plusSeconds(60), Map.of("throttling", Map.of("decision", "DEFER")));
		List<SendId> first = add(List.of(deferred));
		assertThat(add(List.of(deferred))).as("no change").isEmpty();
		assertThat(add(List.of(queued(profile)))).isEqualTo(first);
		assertThat(this.fixture.state(first.getFirst())).extracting(Send::status, Send::reason, Send::deferredUntil)
			.containsExactly(SendStatus.QUEUED, null, null);
		assertThat(add(List.of(withheld(profile, "no_consent")))).as("already queued").isEmpty();
		assertThat(explanation(first.getFirst())).containsKeys("throttling", "variant");
	}

	@Test
	void explainsASendByItsContentAndItsOwnSections() {
		ProfileId profile = this.fixture.profile("a@example.com");
		SendId send = add(List.of(queued(profile))).getFirst();
		drain();
		Map<String, Object> explanation = explanation(send);
		assertThat(this.fixture.json.write(explanation)).contains("\"plan\":{\"angle\":\"new\"}",
				"\"variant\":{\"name\":\"b\"}", "\"versions\":{\"writer\":\"rules@1\"}");
		assertThat(explanation.get("ledger").toString()).contains("sends.decided", "queued", "sends.accepted")
			.doesNotContain(profile.toString());
		assertThat(this.log.verify(this.fixture.tenant, send)).isTrue();
		SendDetails stored = this.fixture.sends.read(this.fixture.tenant, List.of(send)).getFirst();
		assertThat(stored.draft()).isEqualTo(DispatchFixture.draft());
		assertThat(stored.explanation()).containsKeys("plan", "variant");
	}

	@Test
	void keepsTheExplanationOfTheSend() {
		ProfileId profile = this.fixture.profile("a@example.com");
		SendId send = add(List.of(new CampaignSend(profile, this.contentId, "a", SendStatus.DEFERRED, "quiet_hours",
				null, this.clock.instant().plusSeconds(60), Map.of())))
			.getFirst();
		this.fixture.jdbc.sql(
				"update delivery.send set explanation_page_id = null, explanation_index = null, explanation = ?::jsonb where id = ?")
			.params("{\"throttling\":{\"decision\":\"DEFER\"},\"variant\":{\"name\":\"a\"}}", send.value())
			.update();
		add(List.of(queued(profile)));
		assertThat(this.fixture.json.write(explanation(send))).contains("\"throttling\":{\"decision\":\"DEFER\"}",
				"\"variant\":{\"name\":\"b\"}");
	}

	@Test
	void keepsNoExplanationWithoutASend() {
		ProfileId known = this.fixture.profile("a@example.com");
		add(List.of(queued(known)));
		CampaignSend again = new CampaignSend(known, this.contentId, "b", SendStatus.QUEUED, null, null, null,
				Map.of("features", "of an existing send"));
		SendId fresh = add(List.of(again, queued(this.fixture.profile("b@example.com")))).getFirst();
		assertThat(this.fixture.json.write(explanation(fresh))).contains("\"variant\":{\"name\":\"b\"}")
			.doesNotContain("features");
		List<String> kept = this.fixture.jdbc
			.sql("select explanations from delivery.explanation_page where tenant_id = ?")
			.param(this.fixture.tenant.value())
			.query((row, number) -> this.fixture.json
				.write(this.fixture.json.inflate(row.getBytes(1), SendRowMapper.EXPLANATION_PAGE)))
			.list();
		assertThat(kept).containsExactlyInAnyOrder("[{\"variant\":{\"name\":\"b\"}}]",
				"[null,{\"variant\":{\"name\":\"b\"}}]");
	}

	@Test
	void showsTheAcceptedAttempt() {
		Instant begun = this.clock.instant();
		SendId send = add(List.of(queued(this.fixture.profile("a@example.com")))).getFirst();
		drain();
		assertThat(explanation(send).get("attempts").toString()).contains("number=1", "outcome=accepted",
				"startedAt=" + begun, "finishedAt=");
	}

	@Test
	void findsTheUrlOfAClickInTheSharedContent() {
		SendId send = add(List.of(queued(this.fixture.profile("a@example.com")))).getFirst();
		assertThat(this.fixture.links().findTargetUrl(new LinkTarget(this.fixture.tenant, send, 1)))
			.contains("https://shop.example/lamp");
		assertThat(this.fixture.links().findTargetUrl(new LinkTarget(this.fixture.tenant, send, 2))).isEmpty();
	}

	@Test
	void claimsNothingOfAPausedCampaign() {
		add(profiles(3).stream().map(this::queued).toList());
		this.fixture.campaignControl.pause(this.fixture.tenant, this.campaign);
		Send other = this.fixture.queued();
		drain();
		assertThat(this.fixture.state(other.id()).status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(counts()).isEqualTo(Map.of(SendStatus.QUEUED, Map.of("", 3L)));
		this.fixture.campaignControl.resume(this.fixture.tenant, this.campaign);
		drain();
		assertThat(counts()).isEqualTo(Map.of(SendStatus.ACCEPTED, Map.of("", 3L)));
	}

	@Test
	void sendsNothingOfACancelledCampaign() {
		add(profiles(3).stream().map(this::queued).toList());
		int dropped = this.fixture.campaignControl.cancel(this.fixture.tenant, this.campaign, "campaign_cancelled");
		assertThat(dropped).isEqualTo(3);
		SendId late = add(List.of(queued(this.fixture.profile("late@example.com")))).getFirst();
		this.fixture.campaignControl.resume(this.fixture.tenant, this.campaign);
		drain();
		assertThat(counts()).isEqualTo(Map.of(SendStatus.WITHHELD, Map.of("campaign_cancelled", 4L)));
		assertThat(explanation(late).get("ledger").toString()).contains("withheld:campaign_cancelled");
		assertThat(this.esp.calls).isEmpty();
	}

	@Test
	void withholdsSendsThatReturnAfterTheCancellation() {
		add(profiles(1).stream().map(this::queued).toList());
		this.esp.script = (email) -> {
			this.fixture.campaignControl.cancel(this.fixture.tenant, this.campaign, "campaign_cancelled");
			return new SubmitOutcome.Refused("busy", null);
		};
		this.fixture.dispatchOnce();
		assertThat(counts()).isEqualTo(Map.of(SendStatus.QUEUED, Map.of("busy", 1L)));
		this.fixture.reconciler.reconcile();
		assertThat(counts()).isEqualTo(Map.of(SendStatus.WITHHELD, Map.of("campaign_cancelled", 1L)));
	}

	@Test
	void claimsJourneysFirstAndSharesTheRest() {
		CampaignId other = new CampaignId(this.fixture.ids.next());
		List<SendId> mine = add(profiles(40).stream().map(this::queued).toList());
		this.fixture.campaigns.add(this.fixture.tenant, campaign(other),
				profiles(40).stream().map(this::queued).toList());
		Send journey = this.fixture.queued();
		List<SendId> claimed = this.fixture.claimer.claim(21).toSubmit().stream().map(ClaimedSend::send).toList();
		assertThat(claimed).hasSize(21).contains(journey.id());
		assertThat(claimed).filteredOn(mine::contains).hasSize(10);
	}

	@Test
	void waitsUntilASendIsReady() {
		CampaignSend later = new CampaignSend(this.fixture.profile("a@example.com"), this.contentId, null,
				SendStatus.QUEUED, null, this.clock.instant().plus(Duration.ofHours(3)), null, Map.of());
		add(List.of(later));
		assertThat(this.fixture.dispatchOnce()).isEmpty();
		this.clock.advance(Duration.ofHours(3));
		assertThat(this.fixture.dispatchOnce()).hasSize(1);
	}

	@Test
	void withholdsSendsWithoutPermissionAtTheClaim() {
		List<ProfileId> profiles = profiles(2);
		add(profiles.stream().map(this::queued).toList());
		this.fixture.forbidden.add(profiles.getFirst());
		drain();
		assertThat(counts())
			.isEqualTo(Map.of(SendStatus.ACCEPTED, Map.of("", 1L), SendStatus.WITHHELD, Map.of("revoked", 1L)));
	}

	@Test
	void refusesUnknownContent() {
		CampaignSend send = new CampaignSend(this.fixture.profile("a@example.com"), this.fixture.ids.next(), null,
				SendStatus.QUEUED, null, null, null, Map.of());
		assertThatIllegalArgumentException().isThrownBy(() -> add(List.of(send))).withMessageContaining("do not exist");
		assertThatIllegalArgumentException().isThrownBy(
				() -> new CampaignSend(send.profile(), null, null, SendStatus.QUEUED, null, null, null, Map.of()));
	}

	@Test
	void keepsSharedContentUnchanged() {
		this.fixture.contents.store(this.fixture.tenant, List.of(new SharedContent(this.contentId,
				DispatchFixture.draft(), DispatchFixture.cleared(Map.of("plan", Map.of("angle", "other"))))));
		SendId send = add(List.of(queued(this.fixture.profile("a@example.com")))).getFirst();
		assertThat(this.fixture.json.write(explanation(send))).contains("\"plan\":{\"angle\":\"new\"}");
		assertThatThrownBy(() -> this.fixture.jdbc.sql("update delivery.shared_content set links = '{}'").update())
			.hasMessageContaining("immutable");
	}

	@Test
	void sendsOnceToMergedProfiles() {
		List<ProfileId> profiles = profiles(3);
		List<SendId> sends = profiles.stream().map((profile) -> add(List.of(queued(profile))).getFirst()).toList();
		merge(profiles.get(1), profiles.get(0), profiles.get(2));
		drain();
		assertThat(counts())
			.isEqualTo(Map.of(SendStatus.ACCEPTED, Map.of("", 1L), SendStatus.WITHHELD, Map.of("merged", 2L)));
		assertThat(this.fixture.state(sends.get(1)).status()).as("the send of the survivor")
			.isEqualTo(SendStatus.ACCEPTED);
		assertThat(this.fixture.sends.findIds(this.fixture.tenant, List.of(profiles.get(1))))
			.containsExactlyInAnyOrderElementsOf(sends);
	}

	@Test
	void keepsTheSubmittedSendOfMergedProfiles() {
		List<ProfileId> profiles = profiles(2);
		SendId gone = add(List.of(queued(profiles.getFirst()))).getFirst();
		drain();
		SendId waiting = add(List.of(queued(profiles.getLast()))).getFirst();
		merge(profiles.getLast(), profiles.getFirst());
		drain();
		assertThat(this.fixture.state(gone).status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(this.fixture.state(waiting)).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.WITHHELD, "merged");
		assertThat(this.esp.calls).containsOnlyKeys(gone);
	}

	private void merge(ProfileId survivor, ProfileId... absorbed) {
		TestMerges.moveSends(this.fixture.jdbc, this.fixture.ledger, this.clock, new ProfilesMerged(this.fixture.tenant,
				Arrays.stream(absorbed).map((one) -> new ProfilesMerged.Merge(survivor, one)).toList()));
	}

	private void drain() {
		while (!this.fixture.dispatchOnce().isEmpty()) {
			this.clock.advance(Duration.ofMillis(1));
		}
	}

	private UUID share() {
		UUID id = this.fixture.ids.next();
		Map<String, Object> explanation = Map.of("plan", Map.of("angle", "new"), "variant", Map.of("name", "a"),
				"versions", Map.of("writer", "rules@1"));
		this.fixture.contents.store(this.fixture.tenant,
				List.of(new SharedContent(id, DispatchFixture.draft(), DispatchFixture.cleared(explanation))));
		return id;
	}

	private List<ProfileId> profiles(int count) {
		List<ProfileId> profiles = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			profiles.add(this.fixture.profile("p" + i + "@example.com"));
		}
		return profiles;
	}

	private CampaignSend queued(ProfileId profile) {
		return new CampaignSend(profile, this.contentId, "b", SendStatus.QUEUED, null, null, null,
				Map.of("variant", Map.of("name", "b")));
	}

	private static CampaignSend withheld(ProfileId profile, String reason) {
		return new CampaignSend(profile, null, null, SendStatus.WITHHELD, reason, null, null, Map.of());
	}

	private static CampaignSendBatch campaign(CampaignId campaign) {
		return new CampaignSendBatch(campaign, "spring", "marketing", Map.of("campaign", campaign.toString()));
	}

	private List<SendId> add(List<CampaignSend> sends) {
		return List.copyOf(this.fixture.campaigns.add(this.fixture.tenant, campaign(this.campaign), sends).values());
	}

	private Map<SendStatus, Map<String, Long>> counts() {
		return this.fixture.campaignControl.countByStatus(this.fixture.tenant, this.campaign);
	}

	private Map<String, Object> explanation(SendId send) {
		return this.log.find(this.fixture.tenant, send).orElseThrow().explanation();
	}

}
