package io.waypost.content;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.kernel.Fingerprint;

import org.springframework.web.util.HtmlUtils;

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

	/**
	 * What a mailbox shows of a message before it is opened, and what automatic summaries
	 * begin with.
	 *
	 * @param sender name of the sender
	 * @param subject one line
	 * @param preheader preview text beside the subject
	 * @param excerpt the first visible characters of the message, at most 200
	 */
	public record InboxSummary(String sender, String subject, String preheader, String excerpt) {

		private static final int EXCERPT = 200;

		private static final Pattern HIDDEN = Pattern.compile("<div style=\"display:none[^>]*>([^<]*)</div>");

		private static final Pattern INVISIBLE = Pattern.compile("(?s)<head>.*?</head>|<!--.*?-->");

		private static final Pattern TAG = Pattern.compile("<[^>]*>");

		/** Elements inside of a line; all other tags end a word. */
		private static final Pattern INLINE_TAG = Pattern.compile("</?(?:a|span|strong|s)(?: [^>]*)?>");

		/** White space and the characters that fill up the preheader. */
		private static final Pattern SPACE = Pattern.compile("[\\s\\u00a0\\u034f\\u200a\\u200c]+");

		/**
		 * Reads the summary from a rendered message.
		 * @param sender name of the sender
		 * @param email the message
		 * @return its summary
		 */
		public static InboxSummary of(String sender, RenderedEmail email) {
			return of(sender, email.subject(), email.html());
		}

		/**
		 * Reads the summary from the HTML of a message.
		 * @param sender name of the sender
		 * @param subject one line
		 * @param html the HTML document of one of the layouts
		 * @return its summary
		 */
		public static InboxSummary of(String sender, String subject, String html) {
			String body = INVISIBLE.matcher(html).replaceAll("");
			Matcher hidden = HIDDEN.matcher(body);
			String preheader = hidden.find() ? text(hidden.group(1)) : "";
			String visible = text(TAG.matcher(INLINE_TAG.matcher(HIDDEN.matcher(body).replaceAll("")).replaceAll(""))
				.replaceAll(" "));
			return new InboxSummary(sender, subject, preheader, visible.substring(0,
					visible.offsetByCodePoints(0, Math.min(EXCERPT, visible.codePointCount(0, visible.length())))));
		}

		private static String text(String html) {
			return SPACE.matcher(HtmlUtils.htmlUnescape(html)).replaceAll(" ").strip();
		}

		@Override
		public String toString() {
			return "InboxSummary[***]";
		}

	}

}
