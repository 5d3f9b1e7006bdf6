package io.waypost.feature.lifecycle;

import java.time.Duration;
import java.time.Instant;

import io.waypost.feature.LifecycleStage;
import io.waypost.feature.state.PurchaseState.OrderHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LifecycleRulesTests {

	private static final Instant LAST = Instant.parse("2026-06-01T00:00:00Z");

	@ParameterizedTest
	@CsvSource({ "0, 20, 1000, PROSPECT", "1, 0, 89, NEW", "1, 0, 90, AT_RISK", "1, 0, 179, AT_RISK",
			"1, 0, 180, LAPSED", "2, 30, 59, ACTIVE", "2, 30, 60, AT_RISK", "4, 90, 59, ACTIVE", "5, 120, 59, LOYAL",
			"5, 120, 60, AT_RISK", "5, 120, 119, AT_RISK", "5, 120, 120, LAPSED", "100, 99, 29, LOYAL",
			"100, 99, 30, AT_RISK", "2, 3000, 179, ACTIVE", "2, 3000, 180, AT_RISK", "2, 3000, 360, LAPSED" })
	void determinesTheStageByTheUsualInterval(int orders, int daysFromFirstToLast, int quietDays,
			LifecycleStage stage) {
		OrderHistory history = history(orders, daysFromFirstToLast);
		assertThat(LifecycleRules.stageAt(history, LAST.plus(Duration.ofDays(quietDays)))).isEqualTo(stage);
	}

	@ParameterizedTest
	@CsvSource({ "1, 0, 1", "2, 30, 10", "5, 120, 70", "100, 99, 0" })
	void changesTheStageExactlyAtTheNextChange(int orders, int daysFromFirstToLast, int quietDays) {
		OrderHistory history = history(orders, daysFromFirstToLast);
		Instant now = LAST.plus(Duration.ofDays(quietDays));
		Instant next = LifecycleRules.nextChange(history, now);
		LifecycleStage stage = LifecycleRules.stageAt(history, now);
		assertThat(LifecycleRules.stageAt(history, next.minusMillis(1))).isEqualTo(stage);
		assertThat(LifecycleRules.stageAt(history, next)).isNotEqualTo(stage);
	}

	@Test
	void hasNoNextChangeForProspectsAndLapsedCustomers() {
		assertThat(LifecycleRules.nextChange(new OrderHistory(0, 0, 0), LAST)).isNull();
		assertThat(LifecycleRules.nextChange(history(1, 0), LAST.plus(Duration.ofDays(500)))).isNull();
	}

	private static OrderHistory history(int orders, int daysFromFirstToLast) {
		return new OrderHistory(orders, LAST.minus(Duration.ofDays(daysFromFirstToLast)).toEpochMilli(),
				LAST.toEpochMilli());
	}

}
