package io.waypost.access;

import java.util.EnumSet;
import java.util.Set;

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
	PLATFORM_ADMIN;

	/**
	 * Returns the roles that callers may give, and whose accounts they may change. An
	 * administrator covers all roles of the tenant; PLATFORM_ADMIN is covered by itself
	 * only.
	 * @param roles roles of a caller
	 * @return these roles and, with ADMIN among them, all but PLATFORM_ADMIN
	 */
	public static Set<Role> coveredBy(Set<Role> roles) {
		Set<Role> covered = EnumSet.noneOf(Role.class);
		covered.addAll(roles);
		if (roles.contains(ADMIN)) {
			covered.addAll(EnumSet.complementOf(EnumSet.of(PLATFORM_ADMIN)));
		}
		return covered;
	}

}
