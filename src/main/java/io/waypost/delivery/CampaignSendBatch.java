package io.waypost.delivery;

import java.util.Map;

import io.waypost.kernel.CampaignId;

/**
 * What all sends of a campaign have in common.
 *
 * @param campaign which campaign; also the run of its sends
 * @param template template key
 * @param topic which consent they need
 * @param trigger why they were planned; no personal data
 */
public record CampaignSendBatch(CampaignId campaign, String template, String topic, Map<String, Object> trigger) {

	/** The journey key of every send of a campaign. */
	public static final String JOURNEY = "campaign";

	/** The step of every send of a campaign: one message for each person. */
	public static final String STEP = "message";

}
