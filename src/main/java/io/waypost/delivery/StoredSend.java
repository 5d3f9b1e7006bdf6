package io.waypost.delivery;

import java.util.Map;

import io.waypost.content.Draft;
import org.jspecify.annotations.Nullable;

/**
 * A send with its words and its explanation so far.
 *
 * @param send the send
 * @param draft the words, null while not written
 * @param trigger why it was planned
 * @param properties what the caller wants the message to know
 * @param explanation sections by name
 */
public record StoredSend(Send send, @Nullable Draft draft, Map<String, Object> trigger, Map<String, Object> properties,
		Map<String, Object> explanation) {

}
