package io.waypost.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

import io.waypost.agent.timing.SendTimes;
import io.waypost.delivery.RecentSends;
import io.waypost.feature.EngagedHours;
import io.waypost.feature.Features;
import io.waypost.feature.LifecycleStage;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.ProfileId;
import io.waypost.policy.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Hours chosen under a table that rests from 21 to 8 o'clock. */
class TimingTests {

	private static final Instant NOW = Instant.parse("2026-11-23T10:20:00Z");

	private static final ZoneId UTC = ZoneId.of("UTC");

	private static final int PEOPLE = 20_000;

	@Test
	void givesOneInTwentyAnyOpenHour() {
		Map<Object, Integer> hours = new HashMap<>();
		List<Map<String, Object>> random = decided(Duration.ofHours(24)).map(Timing.When::chosen)
			.map(Objects::requireNonNull)
			.filter((chosen) -> "random".equals(chosen.get("source")))
			.toList();
		random.forEach((chosen) -> hours.merge(chosen.get("localHour"), 1, Integer::sum));
		assertThat(random.size() / (double) PEOPLE).isCloseTo(0.05, within(0.006));
		assertThat(hours.keySet()).as("the hours of the day that are open").hasSize(13);
		assertThat(hours.values()).allSatisfy((count) -> assertThat(count).isBetween(40, 120));
	}

	@Test
	void logsChancesThatMakeEveryHourCountAlike() {
		// Weighted by the inverse of its chance each open hour stands for everybody
		Map<Object, Double> weights = new HashMap<>();
		decided(Duration.ofHours(24)).map(Timing.When::chosen)
			.map(Objects::requireNonNull)
			.forEach((chosen) -> weights.merge(chosen.get("localHour"), 1 / (double) chosen.get("propensity"),
					Double::sum));
		assertThat(weights.values()).hasSize(13)
			.allSatisfy((weight) -> assertThat(weight / PEOPLE).isCloseTo(1, within(0.4)));
	}

	@Test
	void neverChoosesAQuietHour() {
		assertThat(decided(Duration.ofHours(24))).allSatisfy((when) -> {
			assertThat(when.ruling().decision()).isEqualTo(Throttling.Decision.SEND);
			assertThat(when.at() == null || inTheDay(when.at())).isTrue();
		});
	}

	@Test
	void sendsAtOnceWhenNobodyAsksForAnHour() {
		assertThat(decided(null).limit(10)).allSatisfy((when) -> {
			assertThat(when.at()).isNull();
			assertThat(when.chosen()).isNull();
		});
	}

	@Test
	void waitsWhenNoHourWithinReachIsOpen() {
		Timing timing = timing(Duration.ofHours(3), Instant.parse("2026-11-23T23:20:00Z"));
		Timing.When when = timing.decide(person(new Random(1)), UTC, facts(), 0);
		assertThat(when.ruling().decision()).isEqualTo(Throttling.Decision.DEFER);
		assertThat(when.at()).isNull();
	}

	private static boolean inTheDay(Instant at) {
		int hour = at.atZone(UTC).getHour();
		return hour >= 8 && hour <= 20 && at.isAfter(NOW);
	}

	private static Stream<Timing.When> decided(@Nullable Duration within) {
		Timing timing = timing(within, NOW);
		Random random = new Random(42);
		return Stream.generate(() -> timing.decide(person(random), UTC, facts(), 0)).limit(PEOPLE);
	}

	private static Timing timing(@Nullable Duration within, Instant now) {
		CampaignBrief brief = new CampaignBrief(new CampaignId(UUID.fromString("01936f00-0000-7000-8000-000000000001")),
				"sale", "sale", "marketing", null, List.of(VariantBrief.written("A")), within);
		return new Timing(brief, now, new Throttling(TimingTests::table, false), SendTimes.learn(List.of()));
	}

	private static Verdict table(String table, Map<String, @Nullable Object> inputs) {
		int hour = (int) Objects.requireNonNull(inputs.get("localHour"));
		boolean open = hour >= 8 && hour <= 20;
		Map<String, Object> outcome = Map.of("decision", open ? "SEND" : "DEFER", "reason",
				open ? "window_open" : "quiet_hours", "resumeHour", 8);
		return new Verdict(table, 1, null, List.of("rule"), List.of(outcome));
	}

	private static PersonalFacts facts() {
		Features features = new Features(new ProfileId(new UUID(1, 1)), NOW, null, LifecycleStage.ACTIVE, 0, 0,
				Map.of(), List.of(), null, null, EngagedHours.NONE, List.of());
		return new PersonalFacts(null, features, null, RecentSends.NONE);
	}

	private static ProfileId person(Random random) {
		return new ProfileId(new UUID(random.nextLong(), random.nextLong()));
	}

}
