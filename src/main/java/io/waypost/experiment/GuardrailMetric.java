package io.waypost.experiment;

/** What a better arm must not be bought with. */
public enum GuardrailMetric {

	/** The person unsubscribed. */
	UNSUBSCRIBE,

	/** The person called the message spam. */
	COMPLAINT,

	/** The message bounced. */
	BOUNCE

}
