package io.waypost.delivery;

import java.util.Locale;

/** Status of a send. The names in lower case are also the database values. */
public enum SendStatus {

	/** Planned; nothing is decided yet. */
	PLANNED,

	/** Must not be sent; see the reason. */
	WITHHELD,

	/** Waits for a later sending window. */
	DEFERRED,

	/** Permitted, written and inspected. */
	CLEARED,

	/** Waits for human review. */
	FLAGGED,

	/** Waits for the dispatcher. */
	QUEUED,

	/** A provider call is in progress. */
	SUBMITTING,

	/** The provider accepted it. */
	ACCEPTED,

	/** The recipient's server accepted it. */
	DELIVERED,

	/** The recipient's server refused it. */
	BOUNCED,

	/** The recipient reported it as spam. */
	COMPLAINED,

	/** The provider dropped it. */
	DROPPED,

	/** The provider's answer was lost; waits for reconciliation and is not resent. */
	UNKNOWN,

	/** Could not be reconciled; ended by the policy of its message class. */
	RESOLVED_BY_POLICY,

	/** Can never be sent; see the reason. */
	DEAD;

	/**
	 * Returns the name in the database and in the API.
	 * @return the constant's name in lower case
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds a status by its name in the database or the API.
	 * @param key name in lower case
	 * @return the status
	 * @throws IllegalArgumentException when no status has this name
	 */
	public static SendStatus of(String key) {
		return valueOf(key.toUpperCase(Locale.ROOT));
	}

}
