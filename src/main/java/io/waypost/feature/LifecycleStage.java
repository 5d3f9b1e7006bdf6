package io.waypost.feature;

/** Where a profile stands with the shop. */
public enum LifecycleStage {

	/** Never bought. */
	PROSPECT,

	/** Bought once, lately. */
	NEW,

	/** Buys repeatedly. */
	ACTIVE,

	/** Buys often and lately. */
	LOYAL,

	/** Has been quiet for longer than usual. */
	AT_RISK,

	/** Has been quiet so long that it may not come back. */
	LAPSED;

	public boolean isQuiet() {
		return this == AT_RISK || this == LAPSED;
	}

}
