package io.waypost.experiment;

/** Metric that must not get worse in the winning arm. */
public enum GuardrailMetric {

	/** The person unsubscribed. */
	UNSUBSCRIBE,

	/** The person marked the message as spam. */
	COMPLAINT,

	/** The message bounced. */
	BOUNCE

}
