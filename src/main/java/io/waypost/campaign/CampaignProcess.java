package io.waypost.campaign;

import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;

/**
 * The process of a campaign, modelled in {@code processes/campaign.bpmn}. The module
 * {@code journey}, one layer up, implements it with the process engine.
 */
public interface CampaignProcess {

	/**
	 * Starts the process of a launched campaign in the caller's transaction.
	 * @param tenant the tenant
	 * @param campaign id of the campaign
	 */
	void start(TenantId tenant, CampaignId campaign);

	/**
	 * Sends a signal to the process of a campaign. It has no effect when the process does
	 * not wait for it.
	 * @param tenant the tenant
	 * @param campaign id of the campaign
	 * @param signal the signal
	 * @return whether the process waited for it
	 * @throws org.springframework.dao.OptimisticLockingFailureException when the process
	 * is executing a step; send the signal again in a new transaction
	 */
	boolean signal(TenantId tenant, CampaignId campaign, CampaignSignal signal);

	/**
	 * Counts chunks without retries left, which wait for an operator. Other chunks go on.
	 * @param tenant the tenant
	 * @param campaign id of the campaign
	 * @return number of failed chunks
	 */
	int failedChunks(TenantId tenant, CampaignId campaign);

	/** Signals to the process of a campaign. */
	enum CampaignSignal {

		/** The language models have written the copy that was requested. */
		COPY_WRITTEN,

		/** All started chunks are done. */
		CHUNKS_DONE,

		/** Every message was handed to a provider or has ended otherwise. */
		SENT,

		/** A user resumed the campaign. */
		RESUMED,

		/** A user cancelled the campaign. */
		CANCELLED

	}

}
