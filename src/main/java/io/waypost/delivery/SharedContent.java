package io.waypost.delivery;

import java.util.Map;
import java.util.UUID;

import io.waypost.content.EmailDraft;

/**
 * Words that many sends share. They never change: other words are another content.
 *
 * @param id its id, chosen by whoever writes the words
 * @param draft the words
 * @param explanation the sections that hold for every send with these words, by the names
 * of the API; a send's own sections come on top of them
 */
public record SharedContent(UUID id, EmailDraft draft, Map<String, Object> explanation) {

	public SharedContent {
		explanation = Map.copyOf(explanation);
	}

}
