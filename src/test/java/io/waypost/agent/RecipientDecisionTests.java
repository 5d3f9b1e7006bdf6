package io.waypost.agent;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.waypost.agent.decide.RecipientDecider;
import io.waypost.agent.decide.RecipientFacts;
import io.waypost.agent.timing.QuietHoursAndCaps;
import io.waypost.agent.timing.SendTimeSelector;
import io.waypost.consent.SendPermission;
import io.waypost.delivery.RecentSendCounts;
import io.waypost.feature.EngagedHours;
import io.waypost.feature.Features;
import io.waypost.feature.LifecycleStage;
import io.waypost.kernel.FastTime;
import io.waypost.kernel.ProfileId;
import io.waypost.policy.DecisionTableEvaluator;
import io.waypost.policy.TestDecisionTables;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Decisions about one person by the tables of this repository. */
class RecipientDecisionTests {

	private static final DecisionTableEvaluator TABLES = TestDecisionTables.ofThisRepository();

	private static final SendPermission.DecisionReference PROOF = new SendPermission.DecisionReference("consent", 3,
			"1.0.0", List.of("rule_GrantedConsent"), 7L);

	private static final SendPermission GRANTED = new SendPermission.Granted(PROOF);

	private static final AgentSettings SETTINGS = new AgentSettings(ZoneId.of("UTC"), BigDecimal.valueOf(30),
			BigDecimal.valueOf(100), 4, 5, Duration.ofSeconds(30), Duration.ofHours(6));

	@Test
	void sendsByDayAndNamesTheTables() {
		RecipientDecision decision = decide("2026-11-23T10:00:00Z", GRANTED, RecentSendCounts.NONE, 0, null);
		assertThat(decision).isInstanceOfSatisfying(RecipientDecision.Send.class,
				(send) -> assertThat(send.notBefore()).isNull());
		assertThat(section(decision, "permission")).containsEntry("permission", "GRANTED")
			.containsEntry("version", 3)
			.containsEntry("rulesHit", List.of("rule_GrantedConsent"));
		assertThat(section(decision, "throttling")).containsEntry("decision", "SEND")
			.containsEntry("rulesHit", List.of("rule_WindowOpen"))
			.containsEntry("timeZone", "UTC");
	}

	@Test
	void withholdsWithoutPermissionAndEvaluatesNoOtherTable() {
		SendPermission withheld = new SendPermission.Withheld("no_consent", PROOF);
		RecipientDecision decision = decide("2026-11-23T10:00:00Z", withheld, RecentSendCounts.NONE, 0, null);
		assertThat(decision).isInstanceOfSatisfying(RecipientDecision.Withhold.class,
				(withhold) -> assertThat(withhold.reason()).isEqualTo("no_consent"));
		assertThat(decision.explanation()).containsOnlyKeys("permission");
	}

	@Test
	void treatsAMissingAnswerAsNoPermission() {
		assertThat(decide("2026-11-23T10:00:00Z", null, RecentSendCounts.NONE, 0, null))
			.isEqualTo(new RecipientDecision.Withhold("unknown", Map.of()));
	}

	@Test
	void defersAtNightInTheTimeZoneOfTheRecipient() {
		RecipientDecision decision = decide("2026-11-23T10:00:00Z", GRANTED, RecentSendCounts.NONE, 2,
				"Pacific/Auckland");
		assertThat(decision).isInstanceOfSatisfying(RecipientDecision.Defer.class, (defer) -> {
			assertThat(defer.until()).isEqualTo("2026-11-23T19:00:00Z");
			assertThat(defer.reason()).isEqualTo("quiet_hours");
		});
		assertThat(section(decision, "throttling")).containsEntry("deferrals", 3)
			.containsEntry("until", "2026-11-23T19:00:00Z")
			.containsEntry("timeZone", "Pacific/Auckland");
	}

	@Test
	void withholdsAboveTheWeeklyCapAndAfterTooManyDeferrals() {
		assertThat(decide("2026-11-23T10:00:00Z", GRANTED, new RecentSendCounts(0, 5), 0, null)).isInstanceOfSatisfying(
				RecipientDecision.Withhold.class, (withhold) -> assertThat(withhold.reason()).isEqualTo("weekly_cap"));
		assertThat(decide("2026-11-23T10:00:00Z", GRANTED, new RecentSendCounts(2, 2), 5, null)).isInstanceOfSatisfying(
				RecipientDecision.Withhold.class,
				(withhold) -> assertThat(withhold.reason()).isEqualTo("deferred_too_often"));
	}

	@Test
	void decidesTheWindowAloneAsAfterAPermission() {
		for (int hour = 0; hour < 24; hour++) {
			Instant now = Instant.parse("2026-11-23T00:30:00Z").plus(Duration.ofHours(hour));
			for (RecentSendCounts sent : List.of(RecentSendCounts.NONE, new RecentSendCounts(2, 3),
					new RecentSendCounts(1, 6))) {
				RecipientFacts facts = facts(GRANTED, sent, 1, null);
				RecipientDecision whole = decider(now).decide(facts);
				RecipientDecision window = decider(now).sendWindow(facts);
				assertThat(whole.getClass()).isEqualTo(window.getClass());
				assertThat(section(whole, "throttling")).isEqualTo(section(window, "throttling"));
			}
		}
	}

	private static RecipientDecision decide(String now, @Nullable SendPermission permission, RecentSendCounts sent,
			int deferrals, @Nullable String zone) {
		return decider(Instant.parse(now)).decide(facts(permission, sent, deferrals, zone));
	}

	private static RecipientDecider decider(Instant now) {
		return new RecipientDecider(new SendTimeSelector(TestDecisionTables.TENANT, "marketing", now,
				new QuietHoursAndCaps(TABLES, new FastTime(false, Clock.systemUTC()))), SETTINGS, now);
	}

	private static RecipientFacts facts(@Nullable SendPermission permission, RecentSendCounts sent, int deferrals,
			@Nullable String zone) {
		ProfileId person = new ProfileId(new UUID(1, 1));
		Features features = new Features(person, Instant.EPOCH, null, LifecycleStage.ACTIVE, 0, 0, Map.of(), List.of(),
				zone, null, EngagedHours.NONE, List.of());
		return new RecipientFacts(person, null, features, permission, sent, deferrals);
	}

	private static Map<String, Object> section(RecipientDecision decision, String name) {
		assertThat(decision.explanation().get(name)).asInstanceOf(InstanceOfAssertFactories.MAP).isNotEmpty();
		@SuppressWarnings("unchecked")
		Map<String, Object> section = (Map<String, Object>) Objects.requireNonNull(decision.explanation().get(name));
		return section;
	}

}
