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
public record Evidence(String source, @Nullable String text, @Nullable String textVersion, @Nullable String ip,
		@Nullable Instant at) {

}
