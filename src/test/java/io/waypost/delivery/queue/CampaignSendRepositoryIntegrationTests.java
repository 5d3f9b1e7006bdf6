package io.waypost.delivery.queue;

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

import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.CampaignSendBatch;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendDetails;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SharedContent;
import io.waypost.delivery.dispatch.DispatchFixture;
import io.waypost.delivery.dispatch.FakeEsp;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.profile.SendMergeListener;
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

class CampaignSendRepositoryIntegrationTests {

	private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");

	private final DispatchFixture bench = new DispatchFixture(this.clock, "fake");

	private final FakeEsp esp = this.bench.esps.getFirst();

	private final CampaignId campaign = new CampaignId(this.bench.ids.next());

	private final UUID words = share();

	private final SendLog log = new SendLog(this.bench.jdbc, this.bench.records, this.bench.json);

	@Test
	void sendsSharedWordsToEverybodyOnce() {
		List<CampaignSend> sends = people(120).stream().map(this::queued).toList();
		List<SendId> added = add(sends);
		assertThat(added).hasSize(120).doesNotHaveDuplicates();
		assertThat(add(sends)).as("everybody is there").isEmpty();
		drain();
		assertThat(counts()).isEqualTo(Map.of(SendStatus.ACCEPTED, Map.of("", 120L)));
		assertThat(added).allSatisfy((send) -> assertThat(this.esp.calls(send)).isEqualTo(1));
	}

	@Test
	void addsOnceWhenManyAddTheSameAtOnce() throws Exception {
		List<CampaignSend> sends = people(50).stream().map(this::queued).toList();
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
	void movesADeferredPersonOnAndNobodyElse() {
		ProfileId person = this.bench.person("a@example.com");
		CampaignSend deferred = new CampaignSend(person, this.words, "a", SendStatus.DEFERRED, "quiet_hours", null,
				this.clock.instant().plusSeconds(60), Map.of("throttling", Map.of("decision", "DEFER")));
		List<SendId> first = add(List.of(deferred));
		assertThat(add(List.of(deferred))).as("nothing new").isEmpty();
		assertThat(add(List.of(queued(person)))).isEqualTo(first);
		assertThat(this.bench.state(first.getFirst())).extracting(Send::status, Send::reason, Send::deferredUntil)
			.containsExactly(SendStatus.QUEUED, null, null);
		assertThat(add(List.of(withheld(person, "no_consent")))).as("it is queued").isEmpty();
		assertThat(explanation(first.getFirst())).containsKeys("throttling", "variant");
	}

	@Test
	void explainsASendByItsWordsAndItsOwn() {
		ProfileId person = this.bench.person("a@example.com");
		SendId send = add(List.of(queued(person))).getFirst();
		drain();
		Map<String, Object> told = explanation(send);
		assertThat(this.bench.json.write(told)).contains("\"plan\":{\"angle\":\"new\"}", "\"variant\":{\"name\":\"b\"}",
				"\"versions\":{\"writer\":\"rules@1\"}");
		assertThat(told.get("ledger").toString()).contains("sends.decided", "queued", "sends.accepted")
			.doesNotContain(person.toString());
		assertThat(this.log.verify(this.bench.tenant, send)).isTrue();
		SendDetails stored = this.bench.deliveries.read(this.bench.tenant, List.of(send)).getFirst();
		assertThat(stored.draft()).isEqualTo(DispatchFixture.draft());
		assertThat(stored.explanation()).containsKeys("plan", "variant");
	}

	@Test
	void keepsWhatWasSaidBeforeThereWerePages() {
		ProfileId person = this.bench.person("a@example.com");
		SendId send = add(List.of(new CampaignSend(person, this.words, "a", SendStatus.DEFERRED, "quiet_hours", null,
				this.clock.instant().plusSeconds(60), Map.of())))
			.getFirst();
		this.bench.jdbc
			.sql("update delivery.send set page_id = null, page_entry = null, explanation = ?::jsonb where id = ?")
			.params("{\"throttling\":{\"decision\":\"DEFER\"},\"variant\":{\"name\":\"a\"}}", send.value())
			.update();
		add(List.of(queued(person)));
		assertThat(this.bench.json.write(explanation(send))).contains("\"throttling\":{\"decision\":\"DEFER\"}",
				"\"variant\":{\"name\":\"b\"}");
	}

	@Test
	void keepsNoExplanationThatNoSendPointsAt() {
		ProfileId known = this.bench.person("a@example.com");
		add(List.of(queued(known)));
		CampaignSend again = new CampaignSend(known, this.words, "b", SendStatus.QUEUED, null, null, null,
				Map.of("features", "of somebody who was there already"));
		SendId fresh = add(List.of(again, queued(this.bench.person("b@example.com")))).getFirst();
		assertThat(this.bench.json.write(explanation(fresh))).contains("\"variant\":{\"name\":\"b\"}")
			.doesNotContain("features");
		List<String> kept = this.bench.jdbc
			.sql("select explanations from delivery.explanation_page where tenant_id = ?")
			.param(this.bench.tenant.value())
			.query((row, number) -> this.bench.json.write(this.bench.json.decompress(row.getBytes(1))))
			.list();
		assertThat(kept).containsExactlyInAnyOrder("[{\"variant\":{\"name\":\"b\"}}]",
				"[null,{\"variant\":{\"name\":\"b\"}}]");
	}

	@Test
	void tellsOfTheAttemptThatWasAccepted() {
		Instant begun = this.clock.instant();
		SendId send = add(List.of(queued(this.bench.person("a@example.com")))).getFirst();
		drain();
		assertThat(explanation(send).get("attempts").toString()).contains("number=1", "outcome=accepted",
				"startedAt=" + begun, "finishedAt=");
	}

	@Test
	void leadsAClickWhereTheSharedWordsPoint() {
		SendId send = add(List.of(queued(this.bench.person("a@example.com")))).getFirst();
		assertThat(this.bench.links().findTargetUrl(new LinkTarget(this.bench.tenant, send, 1)))
			.contains("https://shop.example/lamp");
		assertThat(this.bench.links().findTargetUrl(new LinkTarget(this.bench.tenant, send, 2))).isEmpty();
	}

	@Test
	void claimsNothingOfAHeldCampaign() {
		add(people(3).stream().map(this::queued).toList());
		this.bench.deliveries.pause(this.bench.tenant, this.campaign);
		Send other = this.bench.queued();
		drain();
		assertThat(this.bench.state(other.id()).status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(counts()).isEqualTo(Map.of(SendStatus.QUEUED, Map.of("", 3L)));
		this.bench.deliveries.resume(this.bench.tenant, this.campaign);
		drain();
		assertThat(counts()).isEqualTo(Map.of(SendStatus.ACCEPTED, Map.of("", 3L)));
	}

	@Test
	void letsNothingOutOfADroppedCampaign() {
		add(people(3).stream().map(this::queued).toList());
		int dropped = this.bench.deliveries.cancel(this.bench.tenant, this.campaign, "campaign_cancelled");
		assertThat(dropped).isEqualTo(3);
		SendId late = add(List.of(queued(this.bench.person("late@example.com")))).getFirst();
		this.bench.deliveries.resume(this.bench.tenant, this.campaign);
		drain();
		assertThat(counts()).isEqualTo(Map.of(SendStatus.WITHHELD, Map.of("campaign_cancelled", 4L)));
		assertThat(explanation(late).get("ledger").toString()).contains("withheld:campaign_cancelled");
		assertThat(this.esp.calls).isEmpty();
	}

	@Test
	void endsWhatComesBackAfterItsCampaignWasDropped() {
		add(people(1).stream().map(this::queued).toList());
		this.esp.script = (email) -> {
			this.bench.deliveries.cancel(this.bench.tenant, this.campaign, "campaign_cancelled");
			return new SubmitOutcome.Refused("busy", null);
		};
		this.bench.round();
		assertThat(counts()).isEqualTo(Map.of(SendStatus.QUEUED, Map.of("busy", 1L)));
		this.bench.reconciler.reconcile();
		assertThat(counts()).isEqualTo(Map.of(SendStatus.WITHHELD, Map.of("campaign_cancelled", 1L)));
	}

	@Test
	void putsJourneysFirstAndSharesTheRest() {
		CampaignId other = new CampaignId(this.bench.ids.next());
		List<SendId> mine = add(people(40).stream().map(this::queued).toList());
		this.bench.deliveries.add(this.bench.tenant, campaign(other), people(40).stream().map(this::queued).toList());
		Send journey = this.bench.queued();
		List<SendId> claimed = this.bench.claims.claim(21).toSubmit().stream().map(ClaimedSend::send).toList();
		assertThat(claimed).hasSize(21).contains(journey.id());
		assertThat(claimed).filteredOn(mine::contains).hasSize(10);
	}

	@Test
	void waitsUntilASendIsReady() {
		CampaignSend later = new CampaignSend(this.bench.person("a@example.com"), this.words, null, SendStatus.QUEUED,
				null, this.clock.instant().plus(Duration.ofHours(3)), null, Map.of());
		add(List.of(later));
		assertThat(this.bench.round()).isEmpty();
		this.clock.advance(Duration.ofHours(3));
		assertThat(this.bench.round()).hasSize(1);
	}

	@Test
	void withholdsWhomTheGateRefusesAtTheLastMoment() {
		List<ProfileId> people = people(2);
		add(people.stream().map(this::queued).toList());
		this.bench.forbidden.add(people.getFirst());
		drain();
		assertThat(counts())
			.isEqualTo(Map.of(SendStatus.ACCEPTED, Map.of("", 1L), SendStatus.WITHHELD, Map.of("revoked", 1L)));
	}

	@Test
	void refusesWordsThatAreNotThere() {
		CampaignSend send = new CampaignSend(this.bench.person("a@example.com"), this.bench.ids.next(), null,
				SendStatus.QUEUED, null, null, null, Map.of());
		assertThatIllegalArgumentException().isThrownBy(() -> add(List.of(send))).withMessageContaining("Share");
		assertThatIllegalArgumentException().isThrownBy(
				() -> new CampaignSend(send.profile(), null, null, SendStatus.QUEUED, null, null, null, Map.of()));
	}

	@Test
	void keepsSharedWordsAsTheyAre() {
		this.bench.deliveries.storeContents(this.bench.tenant, List
			.of(new SharedContent(this.words, DispatchFixture.draft(), Map.of("plan", Map.of("angle", "other")))));
		SendId send = add(List.of(queued(this.bench.person("a@example.com")))).getFirst();
		assertThat(this.bench.json.write(explanation(send))).contains("\"plan\":{\"angle\":\"new\"}");
		assertThatThrownBy(() -> this.bench.jdbc.sql("update delivery.content set links = '{}'").update())
			.hasMessageContaining("immutable");
	}

	@Test
	void writesOnceToTwoWhoTurnOutToBeOne() {
		List<ProfileId> people = people(3);
		List<SendId> sends = people.stream().map((person) -> add(List.of(queued(person))).getFirst()).toList();
		merge(people.get(1), people.get(0), people.get(2));
		drain();
		assertThat(counts())
			.isEqualTo(Map.of(SendStatus.ACCEPTED, Map.of("", 1L), SendStatus.WITHHELD, Map.of("merged", 2L)));
		assertThat(this.bench.state(sends.get(1)).status()).as("the survivor's").isEqualTo(SendStatus.ACCEPTED);
		assertThat(this.bench.deliveries.findIds(this.bench.tenant, List.of(people.get(1))))
			.containsExactlyInAnyOrderElementsOf(sends);
	}

	@Test
	void countsWhatHasLeftWhenTwoTurnOutToBeOne() {
		List<ProfileId> people = people(2);
		SendId gone = add(List.of(queued(people.getFirst()))).getFirst();
		drain();
		SendId waiting = add(List.of(queued(people.getLast()))).getFirst();
		merge(people.getLast(), people.getFirst());
		drain();
		assertThat(this.bench.state(gone).status()).isEqualTo(SendStatus.ACCEPTED);
		assertThat(this.bench.state(waiting)).extracting(Send::status, Send::reason)
			.containsExactly(SendStatus.WITHHELD, "merged");
		assertThat(this.esp.calls).containsOnlyKeys(gone);
	}

	private void merge(ProfileId survivor, ProfileId... absorbed) {
		new SendMergeListener(this.bench.jdbc, this.bench.ledger, this.clock).on(new ProfilesMerged(this.bench.tenant,
				Arrays.stream(absorbed).map((one) -> new ProfilesMerged.Merge(survivor, one)).toList()));
	}

	private void drain() {
		while (!this.bench.round().isEmpty()) {
			this.clock.advance(Duration.ofMillis(1));
		}
	}

	private UUID share() {
		UUID id = this.bench.ids.next();
		Map<String, Object> explanation = Map.of("plan", Map.of("angle", "new"), "variant", Map.of("name", "a"),
				"versions", Map.of("writer", "rules@1"));
		this.bench.deliveries.storeContents(this.bench.tenant,
				List.of(new SharedContent(id, DispatchFixture.draft(), explanation)));
		return id;
	}

	private List<ProfileId> people(int count) {
		List<ProfileId> people = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			people.add(this.bench.person("p" + i + "@example.com"));
		}
		return people;
	}

	private CampaignSend queued(ProfileId person) {
		return new CampaignSend(person, this.words, "b", SendStatus.QUEUED, null, null, null,
				Map.of("variant", Map.of("name", "b")));
	}

	private static CampaignSend withheld(ProfileId person, String reason) {
		return new CampaignSend(person, null, null, SendStatus.WITHHELD, reason, null, null, Map.of());
	}

	private static CampaignSendBatch campaign(CampaignId campaign) {
		return new CampaignSendBatch(campaign, "spring", "marketing", Map.of("campaign", campaign.toString()));
	}

	private List<SendId> add(List<CampaignSend> sends) {
		return List.copyOf(this.bench.deliveries.add(this.bench.tenant, campaign(this.campaign), sends).values());
	}

	private Map<SendStatus, Map<String, Long>> counts() {
		return this.bench.deliveries.countByStatus(this.bench.tenant, this.campaign);
	}

	private Map<String, Object> explanation(SendId send) {
		return this.log.find(this.bench.tenant, send).orElseThrow().explanation();
	}

}
