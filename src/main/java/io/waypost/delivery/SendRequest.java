package io.waypost.delivery;

import java.util.Map;

import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;

/**
 * The wish to send one message. Together with the tenant, profile, run and step are its
 * unique key: planning the same wish again gives the send that is already there.
 *
 * @param profile to whom
 * @param run which journey run (or API trigger) wants it
 * @param journey journey key, for example {@code cart-abandonment}; {@code api} for a
 * triggered single message
 * @param step which message of the run, for example {@code reminder}
 * @param template template key
 * @param topic which consent it needs
 * @param trigger why: event name and id, rule table version and rules hit; no personal
 * data
 * @param properties what the caller wants the message to know; no personal data
 */
public record SendRequest(ProfileId profile, JourneyRunId run, String journey, String step, String template,
		String topic, Map<String, Object> trigger, Map<String, Object> properties) {

	/**
	 * Journey of sends by which people try a template. They are marked, not tracked and
	 * counted for no frequency cap.
	 */
	public static final String TEST = "template-test";

}
