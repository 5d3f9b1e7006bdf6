package io.waypost.campaign;

import java.util.Set;

/** Where a campaign stands. The names are also the database values, in lower case. */
public enum CampaignStatus {

	/** Described, not launched. */
	DRAFT,

	/** Launched; a person has to agree first. */
	AWAITING_APPROVAL,

	/** Waits for its time, or its audience and words are being made. */
	PREPARING,

	/** Words wait for a person; nothing is sent before they are decided. */
	IN_REVIEW,

	/** A part of the audience has been written to; the verdict is waited for. */
	TESTING,

	/** Its messages are on their way. */
	SENDING,

	/** Nothing leaves until it is resumed. */
	PAUSED,

	/** Nothing is left to do. */
	COMPLETED,

	/** Ended by a person; what was not sent then never will be. */
	CANCELLED,

	/** Ended without a message to anybody; the reason says why. */
	FAILED;

	/** Those in which messages leave. */
	static final Set<CampaignStatus> RUNNING = Set.of(TESTING, SENDING);

	/**
	 * Whether the campaign can still change.
	 * @return false at the end
	 */
	public boolean isOpen() {
		return this != COMPLETED && this != CANCELLED && this != FAILED;
	}

}
