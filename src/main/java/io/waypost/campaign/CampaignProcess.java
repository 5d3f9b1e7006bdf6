package io.waypost.campaign;

import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;

/**
 * The course of a campaign, drawn in {@code processes/campaign.bpmn}. The room
 * {@code journey}, one floor up, has it in the process engine.
 */
public interface CampaignProcess {

	/**
	 * Begins the course of a launched campaign, in the caller's transaction.
	 * @param tenant whose
	 * @param campaign which
	 */
	void start(TenantId tenant, CampaignId campaign);

	/**
	 * Tells a campaign that something happened. One that does not wait for it is not
	 * disturbed.
	 * @param tenant whose
	 * @param campaign which
	 * @param signal what happened
	 * @return whether it had been waiting for it
	 * @throws org.springframework.dao.OptimisticLockingFailureException when it is at
	 * work just now; to be told again in a new transaction
	 */
	boolean signal(TenantId tenant, CampaignId campaign, CampaignSignal signal);

	/**
	 * Counts chunks that have failed on every try and wait for an operator.
	 * @param tenant whose
	 * @param campaign which
	 * @return how many; the others go on meanwhile
	 */
	int failedChunks(TenantId tenant, CampaignId campaign);

	/** What a campaign can be told. */
	enum CampaignSignal {

		/** The last chunk of a round is done. */
		CHUNKS_DONE,

		/** Every message has been handed over or has ended otherwise. */
		SENT,

		/** A person has resumed it. */
		RESUMED,

		/** A person has cancelled it. */
		CANCELLED

	}

}
