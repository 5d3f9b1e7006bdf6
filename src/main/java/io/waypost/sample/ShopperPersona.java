package io.waypost.sample;

import java.util.SplittableRandom;

/**
 * Behaviour of a sample shopper. Ranges include both ends; times are in days before the
 * first start.
 */
enum ShopperPersona {

	/** Visits without an order. */
	PROSPECT(27, 0, 0, 1, 60, 90),
	/** One recent order. */
	NEWCOMER(15, 1, 1, 1, 28, 12),
	/** Orders occasionally. */
	REGULAR(26, 2, 5, 3, 40, 240),
	/** Orders often. */
	FAN(9, 6, 11, 1, 21, 320),
	/** Several orders, none recently. */
	QUIET(12, 2, 5, 75, 130, 200),
	/** No visit for most of a year. */
	GONE(11, 1, 4, 200, 290, 60);

	private static final int TOTAL = 100;

	private final int weight;

	private final int minOrders;

	private final int maxOrders;

	private final int minDaysSinceVisit;

	private final int maxDaysSinceVisit;

	private final int span;

	ShopperPersona(int weight, int minOrders, int maxOrders, int minDaysSinceVisit, int maxDaysSinceVisit, int span) {
		this.weight = weight;
		this.minOrders = minOrders;
		this.maxOrders = maxOrders;
		this.minDaysSinceVisit = minDaysSinceVisit;
		this.maxDaysSinceVisit = maxDaysSinceVisit;
		this.span = span;
	}

	static ShopperPersona draw(SplittableRandom random) {
		int draw = random.nextInt(TOTAL);
		for (ShopperPersona persona : values()) {
			draw -= persona.weight;
			if (draw < 0) {
				return persona;
			}
		}
		return REGULAR;
	}

	int orders(SplittableRandom random) {
		return random.nextInt(this.minOrders, this.maxOrders + 1);
	}

	int daysSinceLastVisit(SplittableRandom random) {
		return random.nextInt(this.minDaysSinceVisit, this.maxDaysSinceVisit + 1);
	}

	int daysBetweenFirstAndLastVisit(SplittableRandom random) {
		return random.nextInt(this.span / 2, this.span + 1);
	}

}
