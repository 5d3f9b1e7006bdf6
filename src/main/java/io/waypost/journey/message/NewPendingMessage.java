package io.waypost.journey.message;

import java.util.UUID;

import io.waypost.agent.trigger.TriggerMatch;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * A BPMN message for the runs that were stored before it.
 *
 * @param id time-ordered; only runs with a smaller id get the message
 * @param journey process key
 * @param profile for whom
 * @param key subject of the runs, null for every run of the profile
 * @param message BPMN message name
 * @param event the event behind it
 */
public record NewPendingMessage(UUID id, String journey, ProfileId profile, @Nullable String key, String message,
		UUID event) {

	public static NewPendingMessage of(UUID id, TriggerMatch.CorrelateMessage match) {
		return new NewPendingMessage(id, match.journey(), match.profile(), match.key(), match.message(), match.event());
	}

}
