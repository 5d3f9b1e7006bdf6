package io.waypost.feedback;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Distinguishes software that fetches links and images from recipients. A bot's click is
 * redirected as well; it does not count as engagement.
 */
final class BotDetector {

	/**
	 * Names of crawlers, scanners, image proxies and HTTP libraries, and patterns that no
	 * browser or e-mail client has: a web address in the name, or an unusual beginning.
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
	 * Classifies by the user agent alone. Apple Mail Privacy Protection fetches every
	 * image as a bare {@code Mozilla/5.0}.
	 */
	static boolean isBotUserAgent(@Nullable String userAgent) {
		return userAgent == null || userAgent.isBlank() || userAgent.strip().equals("Mozilla/5.0")
				|| NAMES.matcher(userAgent).find();
	}

	/** Classifies by time: a recipient does not read and click within the window. */
	static boolean isTooSoonAfterDelivery(@Nullable Instant delivered, Instant clicked, Duration window) {
		return delivered != null && clicked.isBefore(delivered.plus(window));
	}

}
