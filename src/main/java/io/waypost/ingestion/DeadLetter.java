package io.waypost.ingestion;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Something that could not be taken in. Its payload stays sealed.
 *
 * @param id to replay it by
 * @param source {@code http}, {@code kafka} or {@code import}
 * @param reason code
 * @param pointer JSON pointer to the offending value in the body it came in
 * @param detail what is wrong and how to mend it
 * @param receivedAt when it came in
 * @param replayedAt when it was taken in after all
 */
public record DeadLetter(UUID id, String source, String reason, String pointer, String detail, Instant receivedAt,
		@Nullable Instant replayedAt) {

}
