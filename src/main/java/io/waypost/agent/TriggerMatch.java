package io.waypost.agent;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/** What an event asks of the journeys. */
public sealed interface TriggerMatch {

	/**
	 * Whom it is about.
	 * @return the profile
	 */
	ProfileId profile();

	/**
	 * Start a journey, unless one with the same key started within the window.
	 *
	 * @param profile for whom
	 * @param journey process key
	 * @param template template key of its message
	 * @param topic which consent it needs
	 * @param key what the run is about, for example a cart id; empty for one per profile
	 * @param delay how long the journey waits before it writes
	 * @param window how long the same key does not start it again
	 * @param event the event
	 * @param trigger event name and id, table version and rules hit
	 * @param properties what the message may know of the event
	 */
	record StartJourney(ProfileId profile, String journey, String template, String topic, String key, Duration delay,
			Duration window, UUID event, Map<String, Object> trigger,
			Map<String, Object> properties) implements TriggerMatch {

	}

	/**
	 * Tell waiting runs of a journey that something happened.
	 *
	 * @param profile for whom
	 * @param journey process key
	 * @param key what the run is about, null for every run of the profile
	 * @param message BPMN message name, for example {@code Msg_OrderCompleted}
	 * @param event the event
	 */
	record CorrelateMessage(ProfileId profile, String journey, @Nullable String key, String message,
			UUID event) implements TriggerMatch {

	}

}
