package io.waypost.feature.lifecycle;

import java.time.Duration;
import java.time.Instant;

import io.waypost.feature.LifecycleStage;
import io.waypost.feature.state.PurchaseState.OrderHistory;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the lifecycle stage, all in one place. A person is measured by their own
 * rhythm: the usual interval is the mean time between orders, kept between 15 and 90
 * days, and 45 days for who ordered once.
 *
 * <ul>
 * <li>no order: {@code PROSPECT}
 * <li>quiet for 4 usual intervals: {@code LAPSED}
 * <li>quiet for 2 usual intervals: {@code AT_RISK}
 * <li>else 5 orders or more: {@code LOYAL}; 2 to 4: {@code ACTIVE}; 1: {@code NEW}
 * </ul>
 */
public final class LifecycleRules {

	static final int LOYAL_ORDERS = 5;

	static final int AT_RISK_INTERVALS = 2;

	static final int LAPSED_INTERVALS = 4;

	static final Duration SHORTEST_INTERVAL = Duration.ofDays(15);

	static final Duration LONGEST_INTERVAL = Duration.ofDays(90);

	static final Duration FIRST_INTERVAL = Duration.ofDays(45);

	private LifecycleRules() {
	}

	public static LifecycleStage stageAt(OrderHistory rhythm, Instant moment) {
		if (rhythm.orders() == 0) {
			return LifecycleStage.PROSPECT;
		}
		if (!moment.isBefore(quietSince(rhythm, LAPSED_INTERVALS))) {
			return LifecycleStage.LAPSED;
		}
		if (!moment.isBefore(quietSince(rhythm, AT_RISK_INTERVALS))) {
			return LifecycleStage.AT_RISK;
		}
		if (rhythm.orders() >= LOYAL_ORDERS) {
			return LifecycleStage.LOYAL;
		}
		return (rhythm.orders() == 1) ? LifecycleStage.NEW : LifecycleStage.ACTIVE;
	}

	/** When the stage changes next if nothing happens; null when it will not. */
	public static @Nullable Instant nextChange(OrderHistory rhythm, Instant moment) {
		return switch (stageAt(rhythm, moment)) {
			case PROSPECT, LAPSED -> null;
			case NEW, ACTIVE, LOYAL -> quietSince(rhythm, AT_RISK_INTERVALS);
			case AT_RISK -> quietSince(rhythm, LAPSED_INTERVALS);
		};
	}

	public static Duration usualInterval(OrderHistory rhythm) {
		if (rhythm.orders() < 2) {
			return FIRST_INTERVAL;
		}
		long mean = (rhythm.lastAt() - rhythm.firstAt()) / (rhythm.orders() - 1);
		return Duration.ofMillis(Math.clamp(mean, SHORTEST_INTERVAL.toMillis(), LONGEST_INTERVAL.toMillis()));
	}

	private static Instant quietSince(OrderHistory rhythm, int intervals) {
		return Instant.ofEpochMilli(rhythm.lastAt()).plus(usualInterval(rhythm).multipliedBy(intervals));
	}

}
