package io.waypost.audience.projection;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Share of the time that the projection uses. */
class WorkBudgetTests {

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final Duration MAX_DELAY = Duration.ofSeconds(60);

	private final WorkBudget budget = new WorkBudget(0.1, MAX_DELAY, PAUSE);

	@Test
	void usesATenthWhileItKeepsUp() {
		assertThat(shareOfTime(Duration.ofMillis(30), Duration.ofSeconds(2))).isBetween(0.09, 0.13);
	}

	@Test
	void deductsAnOverrunFromLaterRuns() {
		assertThat(shareOfTime(Duration.ofSeconds(3), Duration.ofSeconds(59))).isBetween(0.09, 0.13);
	}

	@Test
	void usesMoreWhenItIsBehindButHalfAtMost() {
		assertThat(shareOfTime(Duration.ofMillis(30), MAX_DELAY.multipliedBy(3))).isBetween(0.28, 0.33);
		assertThat(shareOfTime(Duration.ofMillis(30), MAX_DELAY.multipliedBy(100))).isBetween(0.49, 0.52);
	}

	@Test
	void doesNotSaveUnusedTime() {
		for (int i = 0; i < 100; i++) {
			this.budget.renew(Duration.ZERO);
		}
		this.budget.spend(Duration.ofMillis(112));
		assertThat(this.budget.hasRemaining()).isFalse();
	}

	/** Simulates constant work in steps of one length. */
	private double shareOfTime(Duration step, Duration delay) {
		Duration worked = Duration.ZERO;
		int rounds = 1000;
		for (int i = 0; i < rounds; i++) {
			this.budget.renew(delay);
			while (this.budget.hasRemaining()) {
				this.budget.spend(step);
				worked = worked.plus(step);
			}
		}
		return (double) worked.toMillis() / worked.plus(PAUSE.multipliedBy(rounds)).toMillis();
	}

}
