package io.waypost.agent;

/** Where a message goes next; the only thing a gateway of a journey looks at. */
public enum Route {

	/** On to the next step. */
	CONTINUE,

	/** Back to the executor for other words. */
	REGENERATE,

	/** To a person. */
	REVIEW,

	/** To the rule-based writer. */
	FALLBACK,

	/** Wait for the next window. */
	DEFER,

	/** Withhold it, with its reason. */
	STOP

}
