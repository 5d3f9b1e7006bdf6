package io.waypost.campaign;

import java.util.Set;

/** Status of a campaign. The database has the names in lower case. */
public enum CampaignStatus {

	/** Not launched yet. */
	DRAFT,

	/** Launched; waits for approval. */
	AWAITING_APPROVAL,

	/** Waits for its send time, or its audience and content are being created. */
	PREPARING,

	/** Content waits for a review; nothing is sent before. */
	IN_REVIEW,

	/** The test is running; the rest of the audience waits for the winner. */
	TESTING,

	/** Messages are being sent. */
	SENDING,

	/** Nothing is sent until it is resumed. */
	PAUSED,

	/** All messages were sent. */
	COMPLETED,

	/** Ended by a user; messages that were not sent are withheld. */
	CANCELLED,

	/** Ended without sending a message; see the reason. */
	FAILED;

	/** The statuses in which messages are sent. */
	static final Set<CampaignStatus> RUNNING = Set.of(TESTING, SENDING);

	/**
	 * Whether the campaign has not ended.
	 * @return false for the statuses completed, cancelled and failed
	 */
	public boolean isOpen() {
		return this != COMPLETED && this != CANCELLED && this != FAILED;
	}

}
