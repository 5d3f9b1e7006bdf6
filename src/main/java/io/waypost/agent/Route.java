package io.waypost.agent;

/** Where a message goes next. Gateways of a process evaluate only the route. */
public enum Route {

	/** To the next step. */
	CONTINUE,

	/** Back to the executor for another draft. */
	REGENERATE,

	/** To a reviewer. */
	REVIEW,

	/** To the rule-based writer. */
	FALLBACK,

	/** Wait for the next send window. */
	DEFER,

	/** Withhold the message, with its reason. */
	STOP

}
