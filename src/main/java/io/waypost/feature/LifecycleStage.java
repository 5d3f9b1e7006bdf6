package io.waypost.feature;

/** Lifecycle stage of a customer. */
public enum LifecycleStage {

	/** No order yet. */
	PROSPECT,

	/** One recent order. */
	NEW,

	/** Several orders, the last one recent. */
	ACTIVE,

	/** Many orders, the last one recent. */
	LOYAL,

	/** No order for longer than usual. */
	AT_RISK,

	/** No order for so long that the customer is probably lost. */
	LAPSED;

	public boolean isQuiet() {
		return this == AT_RISK || this == LAPSED;
	}

}
