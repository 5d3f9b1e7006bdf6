package io.waypost.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.springframework.http.HttpStatus;

/**
 * A right that needs more than a sign-in, with the roles that grant it; one of them is
 * enough. Each endpoint names its right with {@link Requires}; an endpoint without one
 * stops the start. Modules check a right again where they change data.
 */
public enum AccessRight {

	/** The overview page: totals, health checks, recent messages without names. */
	READ_OVERVIEW("read the overview", Role.MARKETER, Role.MODELER, Role.REVIEWER, Role.COMPLIANCE, Role.OPERATOR,
			Role.ADMIN),

	/** Journeys, their runs and diagrams. */
	READ_JOURNEYS("read journeys", Role.MARKETER, Role.MODELER, Role.REVIEWER, Role.COMPLIANCE, Role.OPERATOR,
			Role.ADMIN),

	/** Decision tables. */
	READ_DECISION_TABLES("read decision tables", Role.MARKETER, Role.MODELER, Role.REVIEWER, Role.COMPLIANCE,
			Role.OPERATOR, Role.ADMIN),

	/** Campaigns, their content and results. */
	READ_CAMPAIGNS("read campaigns", Role.MARKETER, Role.REVIEWER, Role.COMPLIANCE, Role.OPERATOR, Role.ADMIN),

	/** Create, launch, pause, resume and cancel campaigns. */
	RUN_CAMPAIGNS("run campaigns", Role.MARKETER, Role.ADMIN),

	/** Send one message to one person. */
	SEND_SINGLE_MESSAGES("send single messages", Role.MARKETER, Role.ADMIN),

	/** The list of sends and the explanation of a send. */
	READ_SENDS("read sends", Role.MARKETER, Role.REVIEWER, Role.COMPLIANCE, Role.OPERATOR, Role.ADMIN),

	/** The content of a send. Names and addresses need {@link #READ_IDENTIFIERS}. */
	READ_SENT_CONTENT("read the content of sends", Role.MARKETER, Role.REVIEWER, Role.COMPLIANCE, Role.ADMIN),

	/** Templates, brand kit and catalogue. */
	READ_CONTENT("read content", Role.MARKETER, Role.MODELER, Role.REVIEWER, Role.COMPLIANCE, Role.ADMIN),

	/** Templates, brand kit and catalogue, their approval, previews and test sends. */
	CHANGE_CONTENT("change content", Role.MARKETER, Role.ADMIN),

	/** Definitions of segments and features. */
	READ_SEGMENTS("read segments", Role.MARKETER, Role.MODELER, Role.COMPLIANCE, Role.ADMIN),

	/** Definitions of segments, and which version is live. */
	CHANGE_SEGMENTS("change segments", Role.MARKETER, Role.ADMIN),

	/** Rebuild segment data from all events, which loads the database for a long time. */
	REBUILD_SEGMENT_DATA("rebuild segment data", Role.OPERATOR, Role.ADMIN),

	/** Approve decision tables that gate sends and that another user deployed. */
	APPROVE_TABLES("approve decision tables", Role.MODELER, Role.COMPLIANCE, Role.ADMIN),
	/** Experiments and their results. */
	READ_EXPERIMENTS("read experiments", Role.MARKETER, Role.COMPLIANCE, Role.ADMIN),

	/** Definitions of experiments, and their conclusion. */
	CHANGE_EXPERIMENTS("change experiments", Role.MARKETER, Role.ADMIN),

	/** Profiles with events, features and consents, without direct identifiers. */
	READ_PROFILES("read profiles", Role.MARKETER, Role.COMPLIANCE, Role.ADMIN),

	/** E-mail addresses, names, phone numbers and postal addresses unmasked. */
	READ_IDENTIFIERS("read direct identifiers", Role.COMPLIANCE, Role.ADMIN),

	/** Import profiles from a file. */
	IMPORT_PROFILES("import profiles", Role.MARKETER, Role.ADMIN),

	/** Record an answer of a person to a topic. */
	CHANGE_CONSENTS("change consents", Role.MARKETER, Role.ADMIN),

	/** Hashes of suppressed addresses. */
	READ_SUPPRESSIONS("read suppressions", Role.MARKETER, Role.COMPLIANCE, Role.OPERATOR, Role.ADMIN),

	/** Suppress an address. */
	CHANGE_SUPPRESSIONS("change suppressions", Role.MARKETER, Role.ADMIN),

	/** Data subject requests: export and erasure of a person's data. */
	HANDLE_DATA_SUBJECTS("export and erase the data of people", Role.COMPLIANCE, Role.ADMIN),

	/** Failed events; their payload needs more to be read unmasked. */
	READ_FAILED_EVENTS("read failed events", Role.MARKETER, Role.COMPLIANCE, Role.OPERATOR, Role.ADMIN),

	/**
	 * Read the payload of failed events unmasked, repair their syntax and replay them.
	 */
	REPLAY_FAILED_EVENTS("replay failed events", Role.OPERATOR, Role.ADMIN),

	/**
	 * Add what a failed event lacks, such as its person, its name or the second person of
	 * an alias.
	 */
	COMPLETE_FAILED_EVENTS("complete failed events", Role.ADMIN),

	/** Content under review. The engine decides which tasks are offered to whom. */
	READ_REVIEWS("read reviews", Role.REVIEWER, Role.OPERATOR, Role.ADMIN),

	/** Open Tasklist, where reviews are decided. */
	OPEN_TASKLIST("open Tasklist", Role.REVIEWER, Role.OPERATOR),

	/** The audit log. */
	READ_AUDIT_LOG("read the audit log", Role.COMPLIANCE, Role.ADMIN),

	/** The description of the API, without data. */
	READ_API_DESCRIPTION("read the API description", Role.values()),

	/** Your own password and sessions. */
	MANAGE_OWN_ACCOUNT("manage the own account", Role.values()),

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
					"'%s' may not %s; it requires the role %s".formatted(caller.name(), this.action, names(this.roles)),
					List.of());
		}
	}

	/**
	 * Requires that a caller has one of some rights.
	 * @param caller the caller
	 * @param rights one of them is enough
	 * @throws InvalidRequestException a 403 that names the caller, the first refused
	 * action and the roles that grant one of the rights
	 */
	public static void requireAny(Caller caller, List<AccessRight> rights) {
		if (rights.stream().noneMatch((right) -> right.isGrantedTo(caller))) {
			Set<Role> roles = EnumSet.noneOf(Role.class);
			rights.forEach((right) -> roles.addAll(right.roles));
			throw new InvalidRequestException(HttpStatus.FORBIDDEN, "'%s' may not %s; it requires the role %s"
				.formatted(caller.name(), rights.getFirst().action, names(roles)), List.of());
		}
	}

	/** For example "MARKETER, OPERATOR or ADMIN". */
	private static String names(Set<Role> roles) {
		List<String> names = roles.stream().map(Role::name).toList();
		return (names.size() == 1) ? names.getFirst()
				: String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
	}

}
