package io.waypost.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter with its event. The events may hold personal data; the write key is
 * removed.
 *
 * @param letter the dead letter
 * @param event the event that is replayed: the corrected one if there is one
 * @param original the event as it was received, null when it was not edited
 */
public record DeadLetterContent(DeadLetter letter, JsonNode event, @Nullable JsonNode original) {

}
