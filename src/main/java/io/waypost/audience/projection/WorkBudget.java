package io.waypost.audience.projection;

import java.time.Duration;

/**
 * Time that may be worked between two pauses, so that work is a share of the whole. What
 * was too much is paid back by waiting; what was not needed is not saved up. Whoever
 * falls further behind than is wished may take more, up to half.
 */
final class WorkBudget {

	private static final double LARGEST_SHARE = 0.5;

	private static final double LEAST_REST = 0.01;

	private final double share;

	private final Duration latest;

	private final Duration pause;

	private double left;

	/**
	 * Begins without debts.
	 * @param share of the whole, above 0 up to 1
	 * @param latest how far behind is still well
	 * @param pause between two rounds
	 */
	WorkBudget(double share, Duration latest, Duration pause) {
		this.share = share;
		this.latest = latest;
		this.pause = pause;
	}

	/** A pause is over. */
	void renew(Duration behind) {
		double wanted = this.share * behind.toMillis() / Math.max(1, this.latest.toMillis());
		double granted = Math.clamp(wanted, this.share, Math.max(this.share, LARGEST_SHARE));
		double allowed = this.pause.toNanos() * granted / Math.max(LEAST_REST, 1 - granted);
		this.left = Math.min(this.left + allowed, allowed);
	}

	void spend(Duration worked) {
		this.left -= worked.toNanos();
	}

	boolean hasRemaining() {
		return this.left > 0;
	}

}
