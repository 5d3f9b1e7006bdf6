package io.waypost.journey;

import java.util.UUID;

import io.waypost.agent.TriggerMatch;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * A message for the runs that began before it.
 *
 * @param id time-ordered; only runs with a smaller id are told
 * @param journey process key
 * @param profile for whom
 * @param key what the runs are about, null for every run of the profile
 * @param message BPMN message name
 * @param event the event behind it
 */
record NewTell(UUID id, String journey, ProfileId profile, @Nullable String key, String message, UUID event) {

	static NewTell of(UUID id, TriggerMatch.Tell tell) {
		return new NewTell(id, tell.journey(), tell.profile(), tell.key(), tell.message(), tell.event());
	}

}
