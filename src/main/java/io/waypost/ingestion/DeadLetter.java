package io.waypost.ingestion;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An event that could not be ingested, without its payload.
 *
 * @param id its id
 * @param source {@code http}, {@code kafka} or {@code import}
 * @param reason reason code
 * @param pointer JSON pointer to the invalid value in the body that was received
 * @param detail what is wrong and how to fix it
 * @param receivedAt time of receipt
 * @param editedBy who corrected the event last, null when it was not edited
 * @param editedAt time of the last correction
 * @param replayedAt time when it was ingested, null while it is pending
 */
public record DeadLetter(UUID id, String source, String reason, String pointer, String detail, Instant receivedAt,
		@Nullable String editedBy, @Nullable Instant editedAt, @Nullable Instant replayedAt) {

}
