package io.waypost.agent.claim;

import java.util.Locale;

/** What a sentence claims. The order is that of the weights in the model. */
public enum ClaimKind {

	/** Guarantees, refunds, returns, free services, delivery times, durability. */
	PROMISE,

	/** Pressure of time or of scarce stock. */
	URGENCY,

	/** Effects on the health or the body. */
	HEALTH,

	/** Earnings and savings that the reader will make. */
	INCOME,

	/** The best, the first, the only one. */
	SUPERLATIVE;

	/** Returns the name in training data and provenance. */
	String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
