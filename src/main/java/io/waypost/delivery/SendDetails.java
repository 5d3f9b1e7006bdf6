package io.waypost.delivery;

import java.util.Map;

import io.waypost.content.EmailDraft;
import org.jspecify.annotations.Nullable;

/**
 * A send with its draft and its explanation so far.
 *
 * @param send the send
 * @param draft the draft, null before it is written
 * @param trigger why it was planned
 * @param properties data of the caller for the message
 * @param explanation sections by name
 */
public record SendDetails(Send send, @Nullable EmailDraft draft, Map<String, Object> trigger,
		Map<String, Object> properties, Map<String, Object> explanation) {

}
