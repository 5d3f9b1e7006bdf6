package io.waypost.journey.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.waypost.agent.trigger.TriggerMatch;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;

/**
 * A run to be stored.
 *
 * @param id its id; ids made later are greater
 * @param journey process key
 * @param profile the recipient
 * @param key subject of the run, empty when a profile has one run
 * @param template template key of its message
 * @param topic topic whose consent it needs
 * @param delay how long the journey waits before its first message
 * @param nextStartAt when the same key may start again
 * @param trigger the event or request that started it
 * @param properties data of the caller for the message
 */
public record NewRun(JourneyRunId id, String journey, ProfileId profile, String key, String template, String topic,
		Duration delay, Instant nextStartAt, Map<String, Object> trigger, Map<String, Object> properties) {

	static NewRun of(JourneyRunId id, TriggerMatch.StartJourney start, Instant now) {
		return new NewRun(id, start.journey(), start.profile(), start.key(), start.template(), start.topic(),
				start.delay(), now.plus(start.window()), start.trigger(), start.properties());
	}

}
