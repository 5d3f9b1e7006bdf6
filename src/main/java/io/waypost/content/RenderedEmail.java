package io.waypost.content;

import io.waypost.kernel.Fingerprint;

/**
 * A rendered e-mail. Holds personal data: never store it unencrypted.
 *
 * @param subject one line
 * @param html HTML document
 * @param text plain-text alternative
 * @param hash identifies the content, in hexadecimal digits: SHA-256 of the three parts.
 * For a {@link PreparedEmail} it is the SHA-256 of the compiled message's hash and the
 * filled-in values; this avoids hashing ten kilobytes of the same layout for each
 * recipient
 */
public record RenderedEmail(String subject, String html, String text, String hash) {

	/**
	 * Creates a rendered e-mail and its hash.
	 * @param subject one line
	 * @param html HTML document
	 * @param text plain-text alternative
	 * @return the rendered e-mail
	 */
	public static RenderedEmail of(String subject, String html, String text) {
		return new RenderedEmail(subject, html, text, Fingerprint.of(subject, html, text).hex());
	}

	@Override
	public String toString() {
		return "RenderedEmail[***]";
	}

}
