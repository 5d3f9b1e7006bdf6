package io.waypost.ingestion.parse;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event as it was received. Parsing changes {@code json}; {@link #text()} stays as it
 * was sent.
 *
 * @param json the event as JSON
 * @param body the whole body
 * @param start offset of the event in the body
 * @param end offset of its end
 * @param pointer JSON pointer to the event in the body
 */
public record RawEvent(JsonNode json, byte[] body, int start, int end, String pointer) {

	int size() {
		return this.end - this.start;
	}

	String text() {
		return new String(this.body, this.start, size(), StandardCharsets.UTF_8);
	}

}
