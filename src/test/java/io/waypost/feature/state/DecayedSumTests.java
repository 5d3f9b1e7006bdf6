package io.waypost.feature.state;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DecayedSumTests {

	private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

	private final DecayedSum sum = new DecayedSum();

	@Test
	void halvesInThirtyDays() {
		add(0, 8);
		for (int halves = 0; halves < 10; halves++) {
			assertThat(this.sum.at(NOW.plus(Duration.ofDays(30L * halves)))).isCloseTo(8 / Math.pow(2, halves),
					within(0.002));
		}
	}

	@Test
	void equalsTheFloatingPointSum() {
		double expected = 0;
		for (int day = 0; day < 200; day += 7) {
			add(day, 1 + day % 3);
			expected += (1 + day % 3) * Math.pow(2, -day / 30.0);
		}
		assertThat(this.sum.at(NOW)).isCloseTo(expected, within(expected * 0.001));
	}

	@Test
	void dropsNegligibleParts() {
		add(13 * 30 + 1, 1000);
		assertThat(this.sum.at(NOW)).isPositive();
		add(0, 1);
		assertThat(this.sum.at(NOW)).isCloseTo(1, within(0.001));
	}

	@Test
	void isZeroWhenEmpty() {
		assertThat(this.sum.at(NOW)).isZero();
	}

	private void add(int daysAgo, int weight) {
		this.sum.add(NOW.minus(Duration.ofDays(daysAgo)).toEpochMilli(), weight);
	}

}
