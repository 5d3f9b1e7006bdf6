package io.waypost.journey;

import java.time.Instant;

import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits for a reviewer.
 *
 * @param task the engine's id of the task
 * @param name as the analyst wrote it
 * @param send id of the send
 * @param template its template key
 * @param createdAt when the task was created
 * @param due when it is escalated, or null
 */
public record OpenReview(String task, String name, SendId send, String template, Instant createdAt,
		@Nullable Instant due) {

}
