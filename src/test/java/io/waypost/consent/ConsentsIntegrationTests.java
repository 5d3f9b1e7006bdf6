package io.waypost.consent;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.waypost.identity.IdentityObservation;
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.identity.Traits;
import io.waypost.kernel.ProfileId;
import io.waypost.ledger.LedgerEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.dao.DataAccessException;

import static io.waypost.consent.TestConsent.NOW;
import static io.waypost.consent.TestConsent.change;
import static io.waypost.consent.TestConsent.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class ConsentsIntegrationTests {

	private static final String MARKETING = "marketing";

	private final TestConsent room = new TestConsent();

	@Test
	void keepsTheProofOfAnAnswer() {
		ProfileId anna = this.room.person();
		this.room.record(new ConsentChange(anna, MARKETING, ConsentStatus.GRANTED, "soft_opt_in",
				new ConsentEvidence("checkout", "Send me offers", "v7", "203.0.113.9", NOW.minusSeconds(60))));
		Consent consent = this.room.consent(anna, MARKETING);
		assertThat(consent).isEqualTo(new Consent(anna, MARKETING, ConsentStatus.GRANTED, "soft_opt_in",
				new ConsentEvidence("checkout", "Send me offers", "v7", null, NOW.minusSeconds(60)), 1,
				NOW.minusSeconds(60)));
		byte[] sealed = this.room.database.client()
			.sql("select ip_sealed from consent.consent_event where tenant_id = ?")
			.param(this.room.tenant.value())
			.query(byte[].class)
			.single();
		assertThat(
				new String(this.room.identity.vault().unseal(this.room.tenant, anna, sealed), StandardCharsets.UTF_8))
			.isEqualTo("203.0.113.9");
		assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain("203");
	}

	@Test
	void tellsTheLedgerOfEachChangeOnce() {
		ProfileId anna = this.room.person();
		this.room.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(50)));
		this.room.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(40)));
		this.room.record(change(anna, MARKETING, ConsentStatus.REVOKED, NOW.minusSeconds(30)));
		this.room.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(45)));
		assertThat(this.room.ledger).extracting(LedgerEntry::kind)
			.containsExactly("consent.granted", "consent.revoked");
		assertThat(this.room.ledger).extracting(LedgerEntry::subject).containsOnly("profile:" + anna);
		assertThat(this.room.ledger.getLast().facts()).containsEntry("topic", MARKETING).containsEntry("version", 3L);
	}

	@ParameterizedTest
	@CsvSource({ "GRANTED, REVOKED, REVOKED", "GRANTED, DENIED, DENIED", "DENIED, REVOKED, REVOKED" })
	void letsTheStricterOfTwoAnswersOfOneMomentWin(ConsentStatus one, ConsentStatus other, ConsentStatus winner) {
		ProfileId anna = this.room.person();
		ProfileId ben = this.room.person();
		this.room.record(change(anna, MARKETING, one, NOW));
		this.room.record(change(anna, MARKETING, other, NOW));
		this.room.record(change(ben, MARKETING, other, NOW), change(ben, MARKETING, one, NOW));
		assertThat(this.room.consent(anna, MARKETING).status()).isEqualTo(winner);
		assertThat(this.room.consent(ben, MARKETING).status()).isEqualTo(winner);
	}

	@Test
	void comesToTheSameInEveryOrderOfArrival() {
		Random random = new Random(11);
		for (int round = 0; round < 20; round++) {
			List<ConsentStatus> statuses = new ArrayList<>(List.of(ConsentStatus.values()));
			ProfileId anna = this.room.person();
			ProfileId ben = this.room.person();
			List<ConsentChange> forAnna = new ArrayList<>();
			for (int answer = 0; answer < 6; answer++) {
				forAnna
					.add(change(anna, MARKETING, statuses.get(random.nextInt(3)), NOW.minusSeconds(random.nextInt(4))));
			}
			List<ConsentChange> forBen = new ArrayList<>(
					forAnna.stream().map((one) -> change(ben, MARKETING, one.status(), one.evidence().at())).toList());
			Collections.shuffle(forBen, random);
			forAnna.forEach(this.room::record);
			this.room.record(forBen.toArray(ConsentChange[]::new));
			assertThat(this.room.consent(ben, MARKETING).status())
				.isEqualTo(this.room.consent(anna, MARKETING).status());
		}
	}

	@Test
	void datesAnAnswerFromTheFutureNow() {
		ProfileId anna = this.room.person();
		this.room.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.plus(Duration.ofDays(900))));
		this.room.clock.advance(Duration.ofSeconds(1));
		this.room.record(change(anna, MARKETING, ConsentStatus.REVOKED, null));
		assertThat(this.room.consent(anna, MARKETING).status()).isEqualTo(ConsentStatus.REVOKED);
	}

	@Test
	void chainsAnswersToThoseBefore() {
		ProfileId anna = this.room.person();
		this.room.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(2)));
		this.room.record(change(anna, MARKETING, ConsentStatus.REVOKED, NOW.minusSeconds(1)));
		assertThat(this.room.database.client().sql("""
				select count(*) from consent.consent_event later join consent.consent_event earlier
				    on earlier.tenant_id = later.tenant_id and earlier.id = later.previous
				 where later.tenant_id = ? and later.status = 'REVOKED' and earlier.status = 'GRANTED'
				""").param(this.room.tenant.value()).query(Integer.class).single()).isEqualTo(1);
	}

	@Test
	void refusesToRewriteHistory() {
		this.room.record(change(this.room.person(), MARKETING, ConsentStatus.GRANTED, NOW));
		for (String sql : List.of("update consent.consent_event set status = 'REVOKED' where tenant_id = ?",
				"delete from consent.consent_event where tenant_id = ?")) {
			assertThatThrownBy(() -> this.room.database.client().sql(sql).param(this.room.tenant.value()).update())
				.isInstanceOf(DataAccessException.class)
				.hasMessageContaining("append-only");
		}
	}

	@Test
	void readsPreferencesFromIdentify() {
		ProfileId anna = this.room.person();
		this.room
			.record(event(anna, "identify", "", Map.of(),
					Map.of("consent", Map.of("categoryPreferences",
							Map.of(MARKETING, true, "product-news", false, "strange topic!", true, "number", 1))),
					NOW));
		assertThat(this.room.consents.of(this.room.tenant, anna)).extracting(Consent::topic, Consent::status)
			.containsExactly(tuple(MARKETING, ConsentStatus.GRANTED), tuple("product-news", ConsentStatus.DENIED));
		assertThat(this.room.consent(anna, MARKETING).evidence().source()).startsWith("event:");
	}

	@Test
	void revokesTheTopicThatAnUnsubscriptionNames() {
		ProfileId anna = this.room.person();
		this.room.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(9)),
				change(anna, "product-news", ConsentStatus.GRANTED, NOW.minusSeconds(9)));
		this.room.record(event(anna, "track", "Unsubscribed", Map.of("topic", MARKETING), Map.of(), NOW));
		assertThat(this.room.consent(anna, MARKETING).status()).isEqualTo(ConsentStatus.REVOKED);
		assertThat(this.room.consent(anna, "product-news").status()).isEqualTo(ConsentStatus.GRANTED);
	}

	@Test
	void revokesEverythingButServiceMailWhenNoTopicIsNamed() {
		ProfileId anna = this.room.person();
		this.room.record(change(anna, "own-topic", ConsentStatus.GRANTED, NOW.minusSeconds(9)),
				change(anna, "service", ConsentStatus.GRANTED, NOW.minusSeconds(9)));
		this.room.record(event(anna, "track", "Unsubscribed", Map.of(), Map.of(), NOW));
		assertThat(this.room.consents.of(this.room.tenant, anna))
			.filteredOn((consent) -> consent.status() == ConsentStatus.REVOKED)
			.extracting(Consent::topic)
			.containsExactly(MARKETING, "own-topic", "product-news");
		assertThat(this.room.consent(anna, "service").status()).isEqualTo(ConsentStatus.GRANTED);
	}

	@Test
	void letsTheNewestAnswerOfTwoMergedPeopleWin() {
		ProfileId phone = this.room.person();
		ProfileId laptop = this.room.person();
		ProfileId anna = this.room.person();
		this.room.record(change(phone, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(10)),
				change(laptop, MARKETING, ConsentStatus.REVOKED, NOW.minusSeconds(20)),
				change(anna, MARKETING, ConsentStatus.DENIED, NOW.minusSeconds(30)),
				change(phone, "product-news", ConsentStatus.REVOKED, NOW.minusSeconds(40)),
				change(anna, "product-news", ConsentStatus.GRANTED, NOW.minusSeconds(40)),
				change(laptop, "own", ConsentStatus.GRANTED, NOW.minusSeconds(40)));
		this.room.merge(new Merge(laptop, phone), new Merge(anna, laptop));
		assertThat(this.room.consent(anna, MARKETING).status()).isEqualTo(ConsentStatus.GRANTED);
		assertThat(this.room.consent(anna, MARKETING).version()).isEqualTo(2);
		assertThat(this.room.consent(anna, "product-news").status()).isEqualTo(ConsentStatus.REVOKED);
		assertThat(this.room.consent(anna, "own").status()).isEqualTo(ConsentStatus.GRANTED);
		assertThat(this.room.consents.of(this.room.tenant, phone)).isEmpty();
		assertThat(this.room.database.client()
			.sql("select count(*) from consent.consent_event where tenant_id = ? and profile_id = ?")
			.params(this.room.tenant.value(), anna.value())
			.query(Integer.class)
			.single()).isEqualTo(6);
	}

	@Test
	void recordsForTheSurvivorWhatIsSaidOfAnAbsorbedProfile() {
		ProfileId one = this.room.identity.resolve(this.room.tenant, List.of(sighting("u1", "a1"))).getFirst();
		ProfileId stranger = this.room.identity.resolve(this.room.tenant, List.of(sighting(null, "a2"))).getFirst();
		this.room.record(change(stranger, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(5)));
		ProfileId survivor = this.room.identity.resolve(this.room.tenant, List.of(sighting("u1", "a2"))).getFirst();
		ProfileId absorbed = survivor.equals(one) ? stranger : one;
		this.room.record(change(absorbed, MARKETING, ConsentStatus.REVOKED, NOW));
		assertThat(this.room.consent(survivor, MARKETING).status()).isEqualTo(ConsentStatus.REVOKED);
		assertThat(this.room.consents.of(this.room.tenant, absorbed)).isEmpty();
	}

	@Test
	void offersTheCommonTopicsAndTheTenantsOwn() {
		assertThat(this.room.topics.of(this.room.tenant)).extracting(Topic::key)
			.containsExactly(MARKETING, "product-news", "service");
		this.room.topics.define(this.room.tenant, new Topic("events", "Events", "Invitations", false), 0);
		this.room.topics.define(this.room.tenant, new Topic(MARKETING, "Deals", "Ours", false), 9);
		assertThat(this.room.topics.of(this.room.tenant)).extracting(Topic::name)
			.containsExactly("Events", "Product news", "Service messages", "Deals");
	}

	private static IdentityObservation sighting(String userId, String anonymousId) {
		return new IdentityObservation(userId, anonymousId, null, Traits.NONE, Instant.parse("2026-11-01T00:00:00Z"),
				"cause");
	}

}
