package io.waypost.agent.timing;

import java.time.Clock;
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

import io.waypost.agent.ContentBrief;
import io.waypost.agent.ContentVariant;
import io.waypost.agent.decide.RecipientFacts;
import io.waypost.delivery.RecentSendCounts;
import io.waypost.feature.EngagedHours;
import io.waypost.feature.Features;
import io.waypost.feature.LifecycleStage;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.FastTime;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.policy.DecisionResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Selection with quiet hours from 21:00 to 08:00. */
class SendTimeSelectorTests {

	private static final Instant NOW = Instant.parse("2026-11-23T10:20:00Z");

	private static final ZoneId UTC = ZoneId.of("UTC");

	private static final int PEOPLE = 20_000;

	@Test
	void givesOneInTwentyARandomAllowedHour() {
		Map<Object, Integer> hours = new HashMap<>();
		List<Map<String, Object>> random = decided(Duration.ofHours(24)).map(SendTimeSelector.SelectedTime::explanation)
			.map(Objects::requireNonNull)
			.filter((chosen) -> "random".equals(chosen.get("source")))
			.toList();
		random.forEach((chosen) -> hours.merge(chosen.get("localHour"), 1, Integer::sum));
		assertThat(random.size() / (double) PEOPLE).isCloseTo(0.05, within(0.006));
		assertThat(hours.keySet()).as("the hours of the day that are open").hasSize(13);
		assertThat(hours.values()).allSatisfy((count) -> assertThat(count).isBetween(40, 120));
	}

	@Test
	void logsPropensitiesForUnbiasedComparison() {
		// Weighted by inverse propensity, each allowed hour represents all recipients
		Map<Object, Double> weights = new HashMap<>();
		decided(Duration.ofHours(24)).map(SendTimeSelector.SelectedTime::explanation)
			.map(Objects::requireNonNull)
			.forEach((chosen) -> weights.merge(chosen.get("localHour"), 1 / (double) chosen.get("propensity"),
					Double::sum));
		assertThat(weights.values()).hasSize(13)
			.allSatisfy((weight) -> assertThat(weight / PEOPLE).isCloseTo(1, within(0.4)));
	}

	@Test
	void neverChoosesAQuietHour() {
		assertThat(decided(Duration.ofHours(24))).allSatisfy((when) -> {
			assertThat(when.result().action()).isEqualTo(QuietHoursAndCaps.ThrottlingAction.SEND);
			assertThat(when.at() == null || inTheDay(when.at())).isTrue();
		});
	}

	@Test
	void sendsNowWithoutAWindow() {
		assertThat(decided(null).limit(10)).allSatisfy((when) -> {
			assertThat(when.at()).isNull();
			assertThat(when.explanation()).isNull();
		});
	}

	@Test
	void sendsWithinTwoSecondsInFastTime() {
		SendTimeSelector timing = timing(Duration.ofHours(24), NOW, true);
		Random random = new Random(42);
		List<Instant> times = Stream.generate(() -> timing.select(facts(random), UTC))
			.limit(1_000)
			.map(SendTimeSelector.SelectedTime::at)
			.filter(Objects::nonNull)
			.toList();
		assertThat(times).isNotEmpty().allSatisfy((at) -> assertThat(at).isEqualTo(NOW.plusSeconds(2)));
	}

	@Test
	void defersWhenNoHourOfTheWindowIsAllowed() {
		SendTimeSelector timing = timing(Duration.ofHours(3), Instant.parse("2026-11-23T23:20:00Z"));
		SendTimeSelector.SelectedTime when = timing.select(facts(new Random(1)), UTC);
		assertThat(when.result().action()).isEqualTo(QuietHoursAndCaps.ThrottlingAction.DEFER);
		assertThat(when.at()).isNull();
	}

	private static boolean inTheDay(Instant at) {
		int hour = at.atZone(UTC).getHour();
		return hour >= 8 && hour <= 20 && at.isAfter(NOW);
	}

	private static Stream<SendTimeSelector.SelectedTime> decided(@Nullable Duration within) {
		SendTimeSelector timing = timing(within, NOW);
		Random random = new Random(42);
		return Stream.generate(() -> timing.select(facts(random), UTC)).limit(PEOPLE);
	}

	private static SendTimeSelector timing(@Nullable Duration within, Instant now) {
		return timing(within, now, false);
	}

	private static SendTimeSelector timing(@Nullable Duration within, Instant now, boolean fast) {
		FastTime fastTime = new FastTime(fast, Clock.fixed(now, UTC));
		ContentBrief brief = new ContentBrief(new CampaignId(UUID.fromString("01936f00-0000-7000-8000-000000000001")),
				"sale", "sale", "marketing", null, List.of(ContentVariant.named("A")), within);
		return new SendTimeSelector(new TenantId("t"), brief, now,
				new QuietHoursAndCaps(SendTimeSelectorTests::table, fastTime), SendTimeModel.learn(List.of()));
	}

	private static DecisionResult table(TenantId tenant, String table, Map<String, @Nullable Object> inputs) {
		int hour = (int) Objects.requireNonNull(inputs.get("localHour"));
		boolean open = hour >= 8 && hour <= 20;
		Map<String, Object> outcome = Map.of("decision", open ? "SEND" : "DEFER", "reason",
				open ? "window_open" : "quiet_hours", "resumeHour", 8);
		return new DecisionResult(table, 1, null, List.of("rule"), List.of(outcome));
	}

	private static RecipientFacts facts(Random random) {
		Features features = new Features(new ProfileId(new UUID(1, 1)), NOW, null, LifecycleStage.ACTIVE, 0, 0,
				Map.of(), List.of(), null, null, EngagedHours.NONE, List.of());
		return new RecipientFacts(person(random), null, features, null, RecentSendCounts.NONE, 0);
	}

	private static ProfileId person(Random random) {
		return new ProfileId(new UUID(random.nextLong(), random.nextLong()));
	}

}
