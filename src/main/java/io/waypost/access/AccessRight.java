package io.waypost.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.springframework.http.HttpStatus;

/**
 * A right that needs more than a sign-in, with the roles that grant it; one of them is
 * enough. The security filter chains protect whole paths. A right is checked behind them,
 * by the module that owns the data or by the page that shows it.
 */
public enum AccessRight {

	/** Templates, brand kit and catalogue, their approval, and test sends. */
	CHANGE_CONTENT("change content", Role.MARKETER, Role.ADMIN),

	/** Definitions of segments, and which version is live. */
	CHANGE_SEGMENTS("change segments", Role.MARKETER, Role.ADMIN),

	/** Definitions of experiments, and their conclusion. */
	CHANGE_EXPERIMENTS("change experiments", Role.MARKETER, Role.ADMIN),

	/** Create, launch, pause, resume and cancel campaigns. */
	RUN_CAMPAIGNS("run campaigns", Role.MARKETER, Role.ADMIN),

	/** Replay failed events. */
	REPLAY_FAILED_EVENTS("replay failed events", Role.MARKETER, Role.OPERATOR, Role.ADMIN),

	/** Rebuild segment data from all events, which loads the database for a long time. */
	REBUILD_SEGMENT_DATA("rebuild segment data", Role.OPERATOR, Role.ADMIN),

	/** Approve decision tables that gate sends and that another user deployed. */
	APPROVE_TABLES("approve decision tables", Role.MODELER, Role.COMPLIANCE, Role.ADMIN),

	/** Invite users, assign roles, delete users. */
	MANAGE_USERS("manage users", Role.ADMIN),

	/** Create and delete API tokens. */
	MANAGE_TOKENS("manage API tokens", Role.ADMIN),

	/** Create and delete sources, and replace their write keys. */
	MANAGE_SOURCES("manage sources", Role.ADMIN),

	/** Create and delete tenants, and invite users of any tenant. */
	MANAGE_TENANTS("manage tenants", Role.PLATFORM_ADMIN);

	private final String action;

	private final Set<Role> roles;

	AccessRight(String action, Role... roles) {
		this.action = action;
		this.roles = EnumSet.of(roles[0], roles);
	}

	/**
	 * Checks whether a caller has the right.
	 * @param caller the caller
	 * @return true when one of the caller's roles grants it
	 */
	public boolean isGrantedTo(Caller caller) {
		return !Collections.disjoint(caller.roles(), this.roles);
	}

	/**
	 * Requires that a caller has the right.
	 * @param caller the caller
	 * @throws InvalidRequestException a 403 that names the caller, the refused action and
	 * the roles that grant it
	 */
	public void require(Caller caller) {
		if (!isGrantedTo(caller)) {
			throw new InvalidRequestException(HttpStatus.FORBIDDEN,
					"'%s' may not %s; it requires the role %s".formatted(caller.name(), this.action, anyRole()),
					List.of());
		}
	}

	/** For example "MARKETER, OPERATOR or ADMIN". */
	private String anyRole() {
		List<String> names = this.roles.stream().map(Role::name).toList();
		return (names.size() == 1) ? names.getFirst()
				: String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
	}

}
