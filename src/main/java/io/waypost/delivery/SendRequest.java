package io.waypost.delivery;

import java.util.Map;

import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;

/**
 * Request to send one message. Tenant, profile, run and step are its unique key: a
 * repeated request returns the existing send.
 *
 * @param profile recipient
 * @param run journey run or API trigger
 * @param journey journey key, for example {@code cart-abandonment}; {@code api} for a
 * single triggered message
 * @param step message of the run, for example {@code reminder}
 * @param template template key
 * @param topic topic whose consent it needs
 * @param trigger why: event name and id, version of the rule table and matched rules; no
 * personal data
 * @param properties data of the caller for the message; no personal data
 */
public record SendRequest(ProfileId profile, JourneyRunId run, String journey, String step, String template,
		String topic, Map<String, Object> trigger, Map<String, Object> properties) {

	/**
	 * Journey key of test sends of a template. They are marked, not tracked, and do not
	 * count for frequency caps.
	 */
	public static final String TEST = "template-test";

}
