package io.waypost.agent;

import java.util.Map;

import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;

/**
 * What a journey requests from the agents.
 *
 * @param profile profile of the recipient
 * @param run id of the journey run
 * @param journey key of the journey
 * @param step id of the message within the journey
 * @param template key of the template, which is also the goal
 * @param topic subscription topic of the message
 * @param trigger event, version of the trigger table and matched rules
 * @param properties properties for the content of the message
 */
public record MessageRequest(ProfileId profile, JourneyRunId run, String journey, String step, String template,
		String topic, Map<String, Object> trigger, Map<String, Object> properties) {

}
