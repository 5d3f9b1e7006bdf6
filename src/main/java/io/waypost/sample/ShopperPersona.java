package io.waypost.sample;

import java.util.SplittableRandom;

/**
 * How a made-up shopper behaves; ranges are inclusive at both ends, times are days before
 * the first start.
 */
enum ShopperPersona {

	/** Looks and leaves. */
	PROSPECT(27, 0, 0, 1, 60, 90),
	/** First order lately. */
	NEWCOMER(15, 1, 1, 1, 28, 12),
	/** Buys now and then. */
	REGULAR(26, 2, 5, 3, 40, 240),
	/** Buys often. */
	FAN(9, 6, 11, 1, 21, 320),
	/** Used to buy, has been quiet. */
	QUIET(12, 2, 5, 75, 130, 200),
	/** Gone for most of a year. */
	GONE(11, 1, 4, 200, 290, 60);

	private static final int TOTAL = 100;

	private final int weight;

	private final int fewestOrders;

	private final int mostOrders;

	private final int earliestLastVisit;

	private final int latestLastVisit;

	private final int span;

	ShopperPersona(int weight, int fewestOrders, int mostOrders, int earliestLastVisit, int latestLastVisit, int span) {
		this.weight = weight;
		this.fewestOrders = fewestOrders;
		this.mostOrders = mostOrders;
		this.earliestLastVisit = earliestLastVisit;
		this.latestLastVisit = latestLastVisit;
		this.span = span;
	}

	static ShopperPersona draw(SplittableRandom random) {
		int ticket = random.nextInt(TOTAL);
		for (ShopperPersona persona : values()) {
			ticket -= persona.weight;
			if (ticket < 0) {
				return persona;
			}
		}
		return REGULAR;
	}

	int orders(SplittableRandom random) {
		return random.nextInt(this.fewestOrders, this.mostOrders + 1);
	}

	int daysSinceLastVisit(SplittableRandom random) {
		return random.nextInt(this.earliestLastVisit, this.latestLastVisit + 1);
	}

	int daysBetweenFirstAndLastVisit(SplittableRandom random) {
		return random.nextInt(this.span / 2, this.span + 1);
	}

}
