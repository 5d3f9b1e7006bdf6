package io.waypost.consent;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.identity.IdentityObservation;
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.identity.Traits;
import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.ClearText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessException;

import static io.waypost.consent.TestConsent.NOW;
import static io.waypost.consent.TestConsent.change;
import static io.waypost.consent.TestConsent.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class ConsentsIntegrationTests {

	private static final String MARKETING = "marketing";

	private final TestConsent module = new TestConsent();

	@Test
	void storesTheEvidenceOfAnAnswer() {
		ProfileId anna = this.module.person();
		this.module.record(new ConsentChange(anna, MARKETING, ConsentStatus.GRANTED, "soft_opt_in",
				new ConsentEvidence("checkout", "Send me offers", "v7", "203.0.113.9", NOW.minusSeconds(60))));
		Consent consent = this.module.consent(anna, MARKETING);
		assertThat(consent).isEqualTo(new Consent(anna, MARKETING, ConsentStatus.GRANTED, "soft_opt_in",
				new ConsentEvidence("checkout", "Send me offers", "v7", null, NOW.minusSeconds(60)), 1,
				NOW.minusSeconds(60)));
		byte[] sealed = this.module.database.client()
			.sql("select evidence_sealed from consent.consent_event where tenant_id = ?")
			.param(this.module.tenant.value())
			.query(byte[].class)
			.single();
		assertThat(new String(this.module.identity.vault().unseal(this.module.tenant, anna, sealed),
				StandardCharsets.UTF_8))
			.contains("\"203.0.113.9\"", "\"Send me offers\"", "\"checkout\"", "\"v7\"", "\"soft_opt_in\"");
		assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain("203", "offers", "checkout");
		assertThat(new ClearText(this.module.database.client()).find(List.of("Send me offers"))).isEmpty();
	}

	@Test
	void recordsEachChangeInTheLedgerOnce() {
		ProfileId anna = this.module.person();
		this.module.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(50)));
		this.module.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(40)));
		this.module.record(change(anna, MARKETING, ConsentStatus.REVOKED, NOW.minusSeconds(30)));
		this.module.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(45)));
		assertThat(this.module.ledger).extracting(LedgerEntry::kind)
			.containsExactly("consent.granted", "consent.revoked");
		assertThat(this.module.ledger).extracting(LedgerEntry::subject).containsOnly("profile:" + anna);
		assertThat(this.module.ledger.getLast().facts()).containsEntry("topic", MARKETING).containsEntry("version", 3L);
	}

	@ParameterizedTest
	@CsvSource({ "GRANTED, REVOKED, REVOKED", "GRANTED, DENIED, DENIED", "DENIED, REVOKED, REVOKED" })
	void givesPrecedenceToTheStricterOfSimultaneousAnswers(ConsentStatus one, ConsentStatus other,
			ConsentStatus winner) {
		ProfileId anna = this.module.person();
		ProfileId ben = this.module.person();
		this.module.record(change(anna, MARKETING, one, NOW));
		this.module.record(change(anna, MARKETING, other, NOW));
		this.module.record(change(ben, MARKETING, other, NOW), change(ben, MARKETING, one, NOW));
		assertThat(this.module.consent(anna, MARKETING).status()).isEqualTo(winner);
		assertThat(this.module.consent(ben, MARKETING).status()).isEqualTo(winner);
	}

	@Test
	void doesNotDependOnTheOrderOfArrival() {
		Random random = new Random(11);
		for (int round = 0; round < 20; round++) {
			List<ConsentStatus> statuses = new ArrayList<>(List.of(ConsentStatus.values()));
			ProfileId anna = this.module.person();
			ProfileId ben = this.module.person();
			List<ConsentChange> forAnna = new ArrayList<>();
			for (int answer = 0; answer < 6; answer++) {
				forAnna.add(change(anna, MARKETING, statuses.get(random.nextInt(3)),
						NOW.minusSeconds(random.nextInt(4)), random.nextBoolean() ? "Yes, please" : null));
			}
			List<ConsentChange> forBen = new ArrayList<>(forAnna.stream()
				.map((one) -> change(ben, MARKETING, one.status(), one.evidence().at(), one.evidence().text()))
				.toList());
			Collections.shuffle(forBen, random);
			forAnna.forEach(this.module::record);
			this.module.record(forBen.toArray(ConsentChange[]::new));
			assertThat(this.module.consent(ben, MARKETING).status())
				.isEqualTo(this.module.consent(anna, MARKETING).status());
		}
	}

	@Test
	void limitsTheTimeOfAnAnswerToNow() {
		ProfileId anna = this.module.person();
		this.module.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.plus(Duration.ofDays(900))));
		this.module.clock.advance(Duration.ofSeconds(1));
		this.module.record(change(anna, MARKETING, ConsentStatus.REVOKED, null));
		assertThat(this.module.consent(anna, MARKETING).status()).isEqualTo(ConsentStatus.REVOKED);
	}

	@Test
	void linksAnswersToThePreviousOne() {
		ProfileId anna = this.module.person();
		this.module.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(2)));
		this.module.record(change(anna, MARKETING, ConsentStatus.REVOKED, NOW.minusSeconds(1)));
		assertThat(this.module.database.client().sql("""
				select count(*) from consent.consent_event later join consent.consent_event earlier
				    on earlier.tenant_id = later.tenant_id and earlier.id = later.previous
				 where later.tenant_id = ? and later.status = 'REVOKED' and earlier.status = 'GRANTED'
				""").param(this.module.tenant.value()).query(Integer.class).single()).isEqualTo(1);
	}

	@Test
	void rejectsChangesOfTheHistory() {
		this.module.record(change(this.module.person(), MARKETING, ConsentStatus.GRANTED, NOW));
		for (String sql : List.of("update consent.consent_event set status = 'REVOKED' where tenant_id = ?",
				"delete from consent.consent_event where tenant_id = ?")) {
			assertThatThrownBy(() -> this.module.database.client().sql(sql).param(this.module.tenant.value()).update())
				.isInstanceOf(DataAccessException.class)
				.hasMessageContaining("append-only");
		}
	}

	@Test
	void readsPreferencesFromIdentify() {
		ProfileId anna = this.module.person();
		this.module
			.record(event(anna, "identify", "", Map.of(),
					Map.of("consent", Map.of("categoryPreferences",
							Map.of(MARKETING, true, "product-news", false, "strange topic!", true, "number", 1))),
					NOW));
		assertThat(this.module.consents.of(this.module.tenant, anna)).extracting(Consent::topic, Consent::status)
			.containsExactly(tuple(MARKETING, ConsentStatus.GRANTED), tuple("product-news", ConsentStatus.DENIED));
		assertThat(this.module.consent(anna, MARKETING).evidence().source()).startsWith("event:");
	}

	@Test
	void keepsAWithdrawalWhenASourceRepeatsAnOldConsentObject() {
		ProfileId anna = this.module.person();
		Map<String, Object> evidence = Map.of(MARKETING,
				Map.of("source", "newsletter form", "text", "Yes, please", "at", NOW.minusSeconds(90).toString()));
		this.module.record(identify(anna, Map.of(), NOW.minusSeconds(100)),
				identify(anna, evidence, NOW.minusSeconds(80)));
		assertThat(this.module.consent(anna, MARKETING).evidence())
			.isEqualTo(new ConsentEvidence("newsletter form", "Yes, please", null, null, NOW.minusSeconds(90)));
		this.module
			.record(event(anna, "track", "Unsubscribed", Map.of("topic", MARKETING), Map.of(), NOW.minusSeconds(60)));
		this.module.record(identify(anna, Map.of(), NOW.minusSeconds(50)));
		this.module.record(identify(anna, evidence, NOW.minusSeconds(40)));
		assertThat(this.module.consent(anna, MARKETING).status()).isEqualTo(ConsentStatus.REVOKED);
		assertThat(this.module.ledger).extracting(LedgerEntry::kind)
			.containsExactly("consent.granted", "consent.revoked");
	}

	@Test
	void acceptsANewOptInWithEvidenceAfterAWithdrawal() {
		ProfileId anna = this.module.person();
		this.module.record(change(anna, MARKETING, ConsentStatus.REVOKED, NOW.minusSeconds(60)));
		this.module.record(identify(anna, Map.of(MARKETING,
				Map.of("source", "newsletter form", "text", "Yes, please", "at", NOW.minusSeconds(50).toString())),
				NOW.minusSeconds(40)));
		assertThat(this.module.consent(anna, MARKETING).status()).isEqualTo(ConsentStatus.GRANTED);
		this.module.record(change(anna, MARKETING, ConsentStatus.REVOKED, NOW.minusSeconds(30)));
		this.module.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(20)));
		assertThat(this.module.consent(anna, MARKETING).status()).isEqualTo(ConsentStatus.GRANTED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"text\":\"Yes\",\"at\":\"2026-11-21T11:59:00Z\"}",
			"{\"source\":\"form\",\"at\":\"2026-11-21T11:59:00Z\"}", "{\"source\":\"form\",\"text\":\"Yes\"}",
			"{\"source\":\"form\",\"text\":\"Yes\",\"at\":\"soon\"}",
			"{\"source\":\"form\",\"text\":\"Yes\",\"at\":\"2026-12-01T00:00:00Z\"}", "\"yes\"" })
	void doesNotAcceptIncompleteEvidence(String evidence) throws Exception {
		ProfileId anna = this.module.person();
		this.module.record(change(anna, MARKETING, ConsentStatus.REVOKED, NOW.minusSeconds(600)));
		this.module
			.record(identify(anna, Map.of(MARKETING, new ObjectMapper().readTree(evidence)), NOW.minusSeconds(1)));
		assertThat(this.module.consent(anna, MARKETING).status()).isEqualTo(ConsentStatus.REVOKED);
	}

	@Test
	void givesALateWithdrawalPrecedenceOverANewerImplicitOptIn() {
		ProfileId anna = this.module.person();
		this.module.record(identify(anna, Map.of(), NOW.minusSeconds(10)));
		this.module
			.record(event(anna, "track", "Unsubscribed", Map.of("topic", MARKETING), Map.of(), NOW.minusSeconds(20)));
		assertThat(this.module.consent(anna, MARKETING).status()).isEqualTo(ConsentStatus.REVOKED);
	}

	private static Event identify(ProfileId profile, Map<String, ?> evidence, Instant at) {
		return event(profile, "identify", "", Map.of(),
				Map.of("consent", Map.of("categoryPreferences", Map.of(MARKETING, true), "evidence", evidence)), at);
	}

	@Test
	void revokesTheTopicOfAnUnsubscribedEvent() {
		ProfileId anna = this.module.person();
		this.module.record(change(anna, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(9)),
				change(anna, "product-news", ConsentStatus.GRANTED, NOW.minusSeconds(9)));
		this.module.record(event(anna, "track", "Unsubscribed", Map.of("topic", MARKETING), Map.of(), NOW));
		assertThat(this.module.consent(anna, MARKETING).status()).isEqualTo(ConsentStatus.REVOKED);
		assertThat(this.module.consent(anna, "product-news").status()).isEqualTo(ConsentStatus.GRANTED);
	}

	@Test
	void revokesAllButServiceTopicsWithoutATopic() {
		ProfileId anna = this.module.person();
		this.module.record(change(anna, "own-topic", ConsentStatus.GRANTED, NOW.minusSeconds(9)),
				change(anna, "service", ConsentStatus.GRANTED, NOW.minusSeconds(9)));
		this.module.record(event(anna, "track", "Unsubscribed", Map.of(), Map.of(), NOW));
		assertThat(this.module.consents.of(this.module.tenant, anna))
			.filteredOn((consent) -> consent.status() == ConsentStatus.REVOKED)
			.extracting(Consent::topic)
			.containsExactly(MARKETING, "own-topic", "product-news");
		assertThat(this.module.consent(anna, "service").status()).isEqualTo(ConsentStatus.GRANTED);
	}

	@Test
	void givesPrecedenceToTheNewestAnswerOfMergedProfiles() {
		ProfileId phone = this.module.person();
		ProfileId laptop = this.module.person();
		ProfileId anna = this.module.person();
		this.module.record(change(phone, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(10)),
				change(laptop, MARKETING, ConsentStatus.REVOKED, NOW.minusSeconds(20)),
				change(anna, MARKETING, ConsentStatus.DENIED, NOW.minusSeconds(30)),
				change(phone, "product-news", ConsentStatus.REVOKED, NOW.minusSeconds(40)),
				change(anna, "product-news", ConsentStatus.GRANTED, NOW.minusSeconds(40)),
				change(laptop, "own", ConsentStatus.GRANTED, NOW.minusSeconds(40)));
		this.module.merge(new Merge(laptop, phone), new Merge(anna, laptop));
		assertThat(this.module.consent(anna, MARKETING).status()).isEqualTo(ConsentStatus.GRANTED);
		assertThat(this.module.consent(anna, MARKETING).version()).isEqualTo(2);
		assertThat(this.module.consent(anna, "product-news").status()).isEqualTo(ConsentStatus.REVOKED);
		assertThat(this.module.consent(anna, "own").status()).isEqualTo(ConsentStatus.GRANTED);
		assertThat(this.module.consents.of(this.module.tenant, phone)).isEmpty();
		assertThat(this.module.database.client()
			.sql("select count(*) from consent.consent_event where tenant_id = ? and profile_id = ?")
			.params(this.module.tenant.value(), anna.value())
			.query(Integer.class)
			.single()).isEqualTo(6);
	}

	@Test
	void recordsAnswersOfAMergedProfileForItsSurvivor() {
		ProfileId one = this.module.identity.resolve(this.module.tenant, List.of(observation("u1", "a1"))).getFirst();
		ProfileId anonymous = this.module.identity.resolve(this.module.tenant, List.of(observation(null, "a2")))
			.getFirst();
		this.module.record(change(anonymous, MARKETING, ConsentStatus.GRANTED, NOW.minusSeconds(5)));
		ProfileId survivor = this.module.identity.resolve(this.module.tenant, List.of(observation("u1", "a2")))
			.getFirst();
		ProfileId absorbed = survivor.equals(one) ? anonymous : one;
		this.module.record(change(absorbed, MARKETING, ConsentStatus.REVOKED, NOW));
		assertThat(this.module.consent(survivor, MARKETING).status()).isEqualTo(ConsentStatus.REVOKED);
		assertThat(this.module.consents.of(this.module.tenant, absorbed)).isEmpty();
	}

	@Test
	void listsCommonTopicsAndThoseOfTheTenant() {
		assertThat(this.module.topics.of(this.module.tenant)).extracting(Topic::key)
			.containsExactly(MARKETING, "product-news", "service");
		this.module.defineTopic(new Topic("events", "Events", "Invitations", false), 0);
		this.module.defineTopic(new Topic(MARKETING, "Deals", "Ours", false), 9);
		assertThat(this.module.topics.of(this.module.tenant)).extracting(Topic::name)
			.containsExactly("Events", "Product news", "Service messages", "Deals");
	}

	private static IdentityObservation observation(String userId, String anonymousId) {
		return new IdentityObservation(userId, anonymousId, null, Traits.NONE, Instant.parse("2026-11-01T00:00:00Z"),
				"cause");
	}

}
