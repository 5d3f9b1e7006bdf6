package io.waypost.feature.lifecycle;

import java.time.Duration;
import java.time.Instant;

import io.waypost.feature.LifecycleStage;
import io.waypost.feature.state.PurchaseState.OrderHistory;
import org.jspecify.annotations.Nullable;

/**
 * Rules of the lifecycle stage. They compare the time since the last order with the
 * person's usual interval: the mean time between orders, at least 15 and at most 90 days,
 * and 45 days after a single order.
 *
 * <ul>
 * <li>no order: {@code PROSPECT}
 * <li>no order for 4 usual intervals: {@code LAPSED}
 * <li>no order for 2 usual intervals: {@code AT_RISK}
 * <li>otherwise 5 orders or more: {@code LOYAL}; 2 to 4: {@code ACTIVE}; 1: {@code NEW}
 * </ul>
 */
public final class LifecycleRules {

	static final int LOYAL_ORDERS = 5;

	static final int AT_RISK_INTERVALS = 2;

	static final int LAPSED_INTERVALS = 4;

	static final Duration MIN_INTERVAL = Duration.ofDays(15);

	static final Duration MAX_INTERVAL = Duration.ofDays(90);

	static final Duration INTERVAL_AFTER_FIRST_ORDER = Duration.ofDays(45);

	private LifecycleRules() {
	}

	/** Determines the stage at a moment. */
	public static LifecycleStage stageAt(OrderHistory orders, Instant moment) {
		if (orders.orders() == 0) {
			return LifecycleStage.PROSPECT;
		}
		if (!moment.isBefore(endOf(LAPSED_INTERVALS, orders))) {
			return LifecycleStage.LAPSED;
		}
		if (!moment.isBefore(endOf(AT_RISK_INTERVALS, orders))) {
			return LifecycleStage.AT_RISK;
		}
		if (orders.orders() >= LOYAL_ORDERS) {
			return LifecycleStage.LOYAL;
		}
		return (orders.orders() == 1) ? LifecycleStage.NEW : LifecycleStage.ACTIVE;
	}

	/** When the stage changes without further orders; null if it does not. */
	public static @Nullable Instant nextChange(OrderHistory orders, Instant moment) {
		return switch (stageAt(orders, moment)) {
			case PROSPECT, LAPSED -> null;
			case NEW, ACTIVE, LOYAL -> endOf(AT_RISK_INTERVALS, orders);
			case AT_RISK -> endOf(LAPSED_INTERVALS, orders);
		};
	}

	/** The usual interval between orders. */
	public static Duration usualInterval(OrderHistory orders) {
		if (orders.orders() < 2) {
			return INTERVAL_AFTER_FIRST_ORDER;
		}
		long mean = (orders.lastAt() - orders.firstAt()) / (orders.orders() - 1);
		return Duration.ofMillis(Math.clamp(mean, MIN_INTERVAL.toMillis(), MAX_INTERVAL.toMillis()));
	}

	private static Instant endOf(int intervals, OrderHistory orders) {
		return Instant.ofEpochMilli(orders.lastAt()).plus(usualInterval(orders).multipliedBy(intervals));
	}

}
