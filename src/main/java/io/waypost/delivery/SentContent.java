package io.waypost.delivery;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A message as its recipient gets it. Holds personal data: never store or log it.
 *
 * @param from sender with name
 * @param to recipient
 * @param subject one line
 * @param html whole document
 * @param text plain-text alternative
 * @param headers those that matter to the recipient's mail program
 * @param asSent whether these are exactly the words that were sent (their hash equals the
 * stored one); null while nothing was sent
 */
public record SentContent(String from, String to, String subject, String html, String text, Map<String, String> headers,
		@Nullable Boolean asSent) {

	@Override
	public String toString() {
		return "SentContent[***]";
	}

}
