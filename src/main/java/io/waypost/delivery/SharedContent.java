package io.waypost.delivery;

import java.util.Map;
import java.util.UUID;

import io.waypost.content.EmailDraft;

/**
 * Content that many sends share. It never changes; other content has another id.
 *
 * @param id id, chosen by the writer
 * @param draft the draft
 * @param explanation sections that hold for every send with this content, with the names
 * of the API; a send's own sections are merged on top
 */
public record SharedContent(UUID id, EmailDraft draft, Map<String, Object> explanation) {

	public SharedContent {
		explanation = Map.copyOf(explanation);
	}

}
