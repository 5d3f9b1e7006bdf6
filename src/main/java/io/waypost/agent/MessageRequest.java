package io.waypost.agent;

import java.util.Map;

import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;

/**
 * What a journey asks the agents for.
 *
 * @param profile to whom
 * @param run which journey run asks
 * @param journey journey key
 * @param step which message of the run
 * @param template template key; with the journey it names the goal
 * @param topic which consent it needs
 * @param trigger why: event, rule table version, rules hit
 * @param properties what the caller wants the message to know
 */
public record MessageRequest(ProfileId profile, JourneyRunId run, String journey, String step, String template,
		String topic, Map<String, Object> trigger, Map<String, Object> properties) {

}
