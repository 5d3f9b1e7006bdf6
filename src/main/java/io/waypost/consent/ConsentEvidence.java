package io.waypost.consent;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What proves an answer.
 *
 * @param source form, API, import, event, unsubscribe link …
 * @param text the words shown to the person
 * @param textVersion their version
 * @param ip where from; a direct identifier, kept sealed
 * @param at when the person answered, null for the time of recording
 */
public record ConsentEvidence(String source, @Nullable String text, @Nullable String textVersion, @Nullable String ip,
		@Nullable Instant at) {

	static final String IMPORT = "import";

	/** Whether it came with a list rather than from the person. */
	boolean isImported() {
		return this.source.equals(IMPORT) || this.source.startsWith(IMPORT + ':');
	}

}
