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
 * @param profile the recipient
 * @param key subject of the run, for example a cart id; empty when a profile has one run
 * @param status status of the run
 * @param outcome name of the end event that it reached, or the failure; null while it
 * runs
 * @param createdAt when its event was stored
 * @param endedAt when it reached its end
 * @param processInstanceId the engine's id, null before the engine has it
 */
public record JourneyRun(JourneyRunId id, String journey, ProfileId profile, String key, Status status,
		@Nullable String outcome, Instant createdAt, @Nullable Instant endedAt, @Nullable String processInstanceId) {

	/** Status of a run. The database stores the names in lower case. */
	public enum Status {

		/** Stored with its event; not started in the engine yet. */
		PENDING,

		/** Started in the engine: waits, is written, or is in review. */
		RUNNING,

		/** Reached an end event or was cancelled. */
		ENDED,

		/** Could not be started; the outcome has the reason. */
		FAILED

	}

}
