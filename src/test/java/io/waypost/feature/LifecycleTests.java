package io.waypost.feature;

import java.time.Duration;
import java.time.Instant;

import io.waypost.feature.PurchaseState.Rhythm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LifecycleTests {

	private static final Instant LAST = Instant.parse("2026-06-01T00:00:00Z");

	@ParameterizedTest
	@CsvSource({ "0, 20, 1000, PROSPECT", "1, 0, 89, NEW", "1, 0, 90, AT_RISK", "1, 0, 179, AT_RISK",
			"1, 0, 180, LAPSED", "2, 30, 59, ACTIVE", "2, 30, 60, AT_RISK", "4, 90, 59, ACTIVE", "5, 120, 59, LOYAL",
			"5, 120, 60, AT_RISK", "5, 120, 119, AT_RISK", "5, 120, 120, LAPSED", "100, 99, 29, LOYAL",
			"100, 99, 30, AT_RISK", "2, 3000, 179, ACTIVE", "2, 3000, 180, AT_RISK", "2, 3000, 360, LAPSED" })
	void placesAPersonByTheirOwnRhythm(int orders, int daysFromFirstToLast, int quietDays, LifecycleStage stage) {
		Rhythm rhythm = rhythm(orders, daysFromFirstToLast);
		assertThat(Lifecycle.stageAt(rhythm, LAST.plus(Duration.ofDays(quietDays)))).isEqualTo(stage);
	}

	@ParameterizedTest
	@CsvSource({ "1, 0, 1", "2, 30, 10", "5, 120, 70", "100, 99, 0" })
	void changesTheStageExactlyWhenItSays(int orders, int daysFromFirstToLast, int quietDays) {
		Rhythm rhythm = rhythm(orders, daysFromFirstToLast);
		Instant now = LAST.plus(Duration.ofDays(quietDays));
		Instant next = Lifecycle.nextChange(rhythm, now);
		LifecycleStage stage = Lifecycle.stageAt(rhythm, now);
		assertThat(Lifecycle.stageAt(rhythm, next.minusMillis(1))).isEqualTo(stage);
		assertThat(Lifecycle.stageAt(rhythm, next)).isNotEqualTo(stage);
	}

	@Test
	void expectsNothingMoreOfWhoNeverBoughtOrIsLost() {
		assertThat(Lifecycle.nextChange(new Rhythm(0, 0, 0), LAST)).isNull();
		assertThat(Lifecycle.nextChange(rhythm(1, 0), LAST.plus(Duration.ofDays(500)))).isNull();
	}

	private static Rhythm rhythm(int orders, int daysFromFirstToLast) {
		return new Rhythm(orders, LAST.minus(Duration.ofDays(daysFromFirstToLast)).toEpochMilli(), LAST.toEpochMilli());
	}

}
