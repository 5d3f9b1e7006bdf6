package io.waypost.delivery;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A message as its recipient receives it. Contains personal data: never store or log it.
 *
 * @param from sender with name
 * @param to recipient
 * @param subject one line
 * @param html complete HTML document
 * @param text plain-text alternative
 * @param headers headers that e-mail clients use
 * @param asSent whether this is exactly the content that was sent (its hash equals the
 * stored one); null when nothing was sent
 */
public record SentContent(String from, String to, String subject, String html, String text, Map<String, String> headers,
		@Nullable Boolean asSent) {

	@Override
	public String toString() {
		return "SentContent[***]";
	}

}
