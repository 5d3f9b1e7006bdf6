package io.waypost.journey;

import java.time.Instant;

import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * One run of a journey for one profile.
 *
 * @param id business key of its process instances
 * @param journey process key
 * @param profile for whom
 * @param key what the run is about, for example a cart id; empty for one per profile
 * @param status where it stands
 * @param outcome name of the end it reached, or why it failed; null while on its way
 * @param createdAt when its event was stored
 * @param endedAt when it reached its end
 * @param processInstanceId the engine's id, null before the engine has it
 */
public record JourneyRun(JourneyRunId id, String journey, ProfileId profile, String key, Status status,
		@Nullable String outcome, Instant createdAt, @Nullable Instant endedAt, @Nullable String processInstanceId) {

	/** Where a run stands. The names are also the database values, in lower case. */
	public enum Status {

		/** Stored with its event; the engine gets it next. */
		PENDING,

		/** In the engine: waiting, being written, or in review. */
		RUNNING,

		/** Reached an end event or was cancelled. */
		ENDED,

		/** Could not be started; the outcome says why. */
		FAILED

	}

}
