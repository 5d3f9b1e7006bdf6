package io.waypost.journey.engine.tenant;

/** Kinds of models that a tenant can deploy. */
public enum ModelKind {

	/** A journey, or a process that journeys call. */
	PROCESS,

	/** A decision table. */
	DECISION,

	/** The graph of decisions in one file. */
	DECISION_REQUIREMENTS

}
