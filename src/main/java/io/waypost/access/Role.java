package io.waypost.access;

/**
 * A role of a user or of an API token. The engine's group has the same name in lower
 * case, with hyphens.
 */
public enum Role {

	/** Starts campaigns, edits content, reads reports. */
	MARKETER,

	/** Deploys journeys and decision tables. */
	MODELER,

	/** Reviews flagged content in Tasklist. */
	REVIEWER,

	/**
	 * Reads all records and audit data, and handles data subject requests: export and
	 * erasure. Changes nothing else.
	 */
	COMPLIANCE,

	/** Monitors health, replays failed events, handles incidents. */
	OPERATOR,

	/** Everything within the tenant, including users, API tokens and sources. */
	ADMIN,

	/**
	 * Creates tenants and invites their first administrators. Reads no data of tenants.
	 */
	PLATFORM_ADMIN

}
