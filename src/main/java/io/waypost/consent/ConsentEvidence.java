package io.waypost.consent;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The evidence of an answer.
 *
 * @param source form, API, import, event, unsubscribe link …
 * @param text the text that was shown to the person
 * @param textVersion version of the text
 * @param ip IP address of the person; a direct identifier, stored encrypted
 * @param at time of the answer, null for the time of recording
 */
public record ConsentEvidence(String source, @Nullable String text, @Nullable String textVersion, @Nullable String ip,
		@Nullable Instant at) {

	static final String IMPORT = "import";

	/**
	 * Returns whether this proves that the person opted in: the text that the person
	 * accepted is known, and the answer comes from the person and not from a list.
	 */
	boolean provesOptIn() {
		return this.text != null && !isImported();
	}

	private boolean isImported() {
		return this.source.equals(IMPORT) || this.source.startsWith(IMPORT + ':');
	}

}
