package io.waypost.audience.projection;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How much of the time folding takes. */
class WorkBudgetTests {

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final Duration LATEST = Duration.ofSeconds(60);

	private final WorkBudget allowance = new WorkBudget(0.1, LATEST, PAUSE);

	@Test
	void takesATenthWhileItKeepsUp() {
		assertThat(shareOfTime(Duration.ofMillis(30), Duration.ofSeconds(2))).isBetween(0.09, 0.13);
	}

	@Test
	void paysBackWhatOneLongRoundTook() {
		assertThat(shareOfTime(Duration.ofSeconds(3), Duration.ofSeconds(59))).isBetween(0.09, 0.13);
	}

	@Test
	void takesMoreWhenItIsFarBehindButNeverAll() {
		assertThat(shareOfTime(Duration.ofMillis(30), LATEST.multipliedBy(3))).isBetween(0.28, 0.33);
		assertThat(shareOfTime(Duration.ofMillis(30), LATEST.multipliedBy(100))).isBetween(0.49, 0.52);
	}

	@Test
	void savesNothingUp() {
		for (int i = 0; i < 100; i++) {
			this.allowance.renew(Duration.ZERO);
		}
		this.allowance.spend(Duration.ofMillis(112));
		assertThat(this.allowance.hasRemaining()).isFalse();
	}

	/** Of somebody who always has something to do, in pieces of one length. */
	private double shareOfTime(Duration piece, Duration behind) {
		Duration worked = Duration.ZERO;
		int rounds = 1000;
		for (int i = 0; i < rounds; i++) {
			this.allowance.renew(behind);
			while (this.allowance.hasRemaining()) {
				this.allowance.spend(piece);
				worked = worked.plus(piece);
			}
		}
		return (double) worked.toMillis() / worked.plus(PAUSE.multipliedBy(rounds)).toMillis();
	}

}
