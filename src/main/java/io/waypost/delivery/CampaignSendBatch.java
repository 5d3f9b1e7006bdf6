package io.waypost.delivery;

import java.util.Map;

import io.waypost.kernel.CampaignId;

/**
 * What all sends of a campaign have in common.
 *
 * @param campaign id of the campaign; also the run id of its sends
 * @param template template key
 * @param topic topic whose consent they need
 * @param trigger why they were planned; no personal data
 */
public record CampaignSendBatch(CampaignId campaign, String template, String topic, Map<String, Object> trigger) {

	/** Journey key of every campaign send. */
	public static final String JOURNEY = "campaign";

	/** Step of every campaign send: one message per recipient. */
	public static final String STEP = "message";

}
