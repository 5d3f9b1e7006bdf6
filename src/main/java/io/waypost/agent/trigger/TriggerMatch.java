package io.waypost.agent.trigger;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/** Effect of an event on journeys. */
public sealed interface TriggerMatch {

	/**
	 * Returns the profile of the event.
	 * @return the profile
	 */
	ProfileId profile();

	/**
	 * Starts a journey, unless one with the same key started within the window.
	 *
	 * @param profile profile of the event
	 * @param journey key of the process
	 * @param template key of the template of its message
	 * @param topic subscription topic of its message
	 * @param key subject of the run, for example a cart id; empty for one run per profile
	 * @param delay wait before the message
	 * @param window time during which the same key does not start the journey again
	 * @param event id of the event
	 * @param trigger event name and id, table version and rules hit
	 * @param properties properties of the event that the message may use
	 */
	record StartJourney(ProfileId profile, String journey, String template, String topic, String key, Duration delay,
			Duration window, UUID event, Map<String, Object> trigger,
			Map<String, Object> properties) implements TriggerMatch {

	}

	/**
	 * Correlates a message with the waiting runs of a journey.
	 *
	 * @param profile profile of the event
	 * @param journey key of the process
	 * @param key subject of the run, null for all runs of the profile
	 * @param message BPMN message name, for example {@code Msg_OrderCompleted}
	 * @param event id of the event
	 */
	record CorrelateMessage(ProfileId profile, String journey, @Nullable String key, String message,
			UUID event) implements TriggerMatch {

	}

}
