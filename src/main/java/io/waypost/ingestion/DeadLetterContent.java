package io.waypost.ingestion;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A failed event with its event. The events may hold personal data; the write key is
 * removed.
 *
 * @param failedEvent the failed event
 * @param event the event that is replayed: the corrected one if there is one
 * @param original the event as it was received, null when it was not edited
 */
public record DeadLetterContent(@JsonProperty("letter") DeadLetter failedEvent, JsonNode event,
		@Nullable JsonNode original) {

}
