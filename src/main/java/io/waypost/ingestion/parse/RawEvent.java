package io.waypost.ingestion.parse;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event as it came in. Reading consumes {@code json}; {@link #text()} stays as it was
 * sent.
 *
 * @param json what was sent, parsed
 * @param body the whole body
 * @param start where the event begins in the body
 * @param end where it ends
 * @param pointer JSON pointer to it in the body
 */
public record RawEvent(JsonNode json, byte[] body, int start, int end, String pointer) {

	int size() {
		return this.end - this.start;
	}

	String text() {
		return new String(this.body, this.start, size(), StandardCharsets.UTF_8);
	}

}
