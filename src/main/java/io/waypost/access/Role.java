package io.waypost.access;

/**
 * What a signed-in person or program may do. The name is also the engine's group id in
 * lower case with hyphens.
 */
public enum Role {

	/** Starts campaigns, edits content, reads reports. */
	MARKETER,

	/** Deploys journeys and decision tables. */
	MODELER,

	/** Decides flagged content in Tasklist. */
	REVIEWER,

	/**
	 * Reads everything that proves what happened and answers the people whose data it is;
	 * changes nothing but to erase them.
	 */
	COMPLIANCE,

	/** Watches health, replays dead letters, handles incidents. */
	OPERATOR,

	/** Everything, including users and keys. */
	ADMIN

}
