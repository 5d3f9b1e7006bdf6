package io.waypost.audience.projection;

import java.time.Duration;

/**
 * Time budget for work between two pauses, as a share of the total time. An overrun is
 * deducted from later budgets; unused time is not saved. When the work is too far behind,
 * the budget grows up to half of the time.
 */
final class WorkBudget {

	private static final double MAX_SHARE = 0.5;

	private static final double MIN_REST = 0.01;

	private final double share;

	private final Duration maxDelay;

	private final Duration pause;

	/** Remaining nanoseconds; negative after an overrun. */
	private double remaining;

	/**
	 * Starts with no overrun.
	 * @param share share of the time, above 0 up to 1
	 * @param maxDelay how far the work may be behind before the budget grows
	 * @param pause pause between two runs
	 */
	WorkBudget(double share, Duration maxDelay, Duration pause) {
		this.share = share;
		this.maxDelay = maxDelay;
		this.pause = pause;
	}

	/** Grants the budget of the next run. */
	void renew(Duration delay) {
		double requested = this.share * delay.toMillis() / Math.max(1, this.maxDelay.toMillis());
		double granted = Math.clamp(requested, this.share, Math.max(this.share, MAX_SHARE));
		double budget = this.pause.toNanos() * granted / Math.max(MIN_REST, 1 - granted);
		this.remaining = Math.min(this.remaining + budget, budget);
	}

	void spend(Duration worked) {
		this.remaining -= worked.toNanos();
	}

	boolean hasRemaining() {
		return this.remaining > 0;
	}

}
