package io.waypost.content;

import io.waypost.content.layout.ContentDigest;

/**
 * Final parts of one message. Holds personal data: never store it unsealed.
 *
 * @param subject one line
 * @param html whole document
 * @param text plain-text alternative
 * @param hash stands for the three, in hexadecimal digits: their SHA-256, or for a
 * {@link PreparedEmail} the SHA-256 of its own hash and of what was filled in, which
 * spares hashing ten kilobytes of the same layout for each recipient
 */
public record RenderedEmail(String subject, String html, String text, String hash) {

	/**
	 * Puts parts together.
	 * @param subject one line
	 * @param html whole document
	 * @param text plain-text alternative
	 * @return the parts with their hash
	 */
	public static RenderedEmail of(String subject, String html, String text) {
		ContentDigest digest = new ContentDigest();
		digest.part(subject);
		digest.part(html);
		digest.part(text);
		return new RenderedEmail(subject, html, text, digest.hex());
	}

	@Override
	public String toString() {
		return "RenderedEmail[***]";
	}

}
