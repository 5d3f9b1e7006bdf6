package io.waypost.journey.run;

/**
 * Names of the process variables: ids, counts and flags, never content and never personal
 * data. The tenant is none of them, because models can write variables: it is a column of
 * the engine's rows.
 */
public final class JourneyVariables {

	static final String PROFILE = "profileId";

	public static final String RUN = "runId";

	static final String JOURNEY = "journey";

	static final String STEP = "step";

	public static final String TEMPLATE = "template";

	static final String TOPIC = "topic";

	static final String DELAY = "delay";

	static final String FOLLOW_UP_DELAY = "followUpDelay";

	public static final String SEND = "sendId";

	static final String SEND_STATUS = "sendStatus";

	static final String ROUTE = "route";

	static final String REASON = "reason";

	static final String ATTEMPT = "attempt";

	static final String DEFERRALS = "deferrals";

	static final String DEFER_UNTIL = "deferUntil";

	public static final String REVIEW_DECISION = "reviewDecision";

	static final String REVIEW_DUE = "reviewDue";

	static final String REVIEW_EXPIRY = "reviewExpiry";

	private JourneyVariables() {
	}

}
