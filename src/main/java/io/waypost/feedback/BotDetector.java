package io.waypost.feedback;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tells software that fetches links and pictures from people who do. A machine's click
 * still leads to its page; it only does not count as interest.
 */
final class BotDetector {

	/**
	 * Words by which crawlers, scanners, image proxies and HTTP libraries name
	 * themselves, and shapes no browser or mail program has: an address of the web in the
	 * name, or a beginning of its own.
	 */
	private static final Pattern NAMES = Pattern.compile("(?i)(?<!cu)bot|crawl|spider|slurp|scan(ner)?\\b|scrap"
			+ "|preview|proxy|prefetch|archiver|monitor|validator|check|fetch(er)?\\b|headless|phantomjs|lighthouse"
			+ "|selenium|synthetic|curl/|wget|python|libwww|ruby|perl|http_?client|httrack|index|snoop|search|agent\\b"
			+ "|feed(ly|burner|fetcher)?\\b|facebookexternalhit|whatsapp|barracuda|mimecast|proofpoint|safelinks"
			+ "|symantec|trendmicro|sophos|yandex|baidu|daum|seo|google(?!.*chrome/)|://|compatible; (?!msie)"
			+ "|^(?!mozilla/|opera/|microsoft office/|outlook-)");

	private BotDetector() {
	}

	/**
	 * Judges by the user agent alone. Apple's mail privacy protection fetches every
	 * picture as a bare {@code Mozilla/5.0}.
	 */
	static boolean isBotUserAgent(@Nullable String userAgent) {
		return userAgent == null || userAgent.isBlank() || userAgent.strip().equals("Mozilla/5.0")
				|| NAMES.matcher(userAgent).find();
	}

	/** Judges by the moment: nobody reads and clicks this fast. */
	static boolean isTooSoonAfterDelivery(@Nullable Instant delivered, Instant clicked, Duration window) {
		return delivered != null && clicked.isBefore(delivered.plus(window));
	}

}
