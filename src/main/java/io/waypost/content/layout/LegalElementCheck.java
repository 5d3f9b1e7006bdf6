package io.waypost.content.layout;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.LegalElements;
import io.waypost.content.RecipientLinks;

import org.springframework.web.util.HtmlUtils;

/**
 * Checks the legally required elements in a message that both layouts have rendered. The
 * result depends only on brand kit and language and is cached.
 */
public final class LegalElementCheck {

	private static final String UNSUBSCRIBE_URL = "https://probe.invalid/unsubscribe";

	private static final RecipientLinks LINKS = new RecipientLinks(UNSUBSCRIBE_URL, null, (url) -> url);

	private static final Pattern LINK = Pattern
		.compile("<a\\b[^>]*\\bhref=\"" + Pattern.quote(UNSUBSCRIBE_URL) + "\"[^>]*>\\s*[^<\\s]");

	private static final int CACHED_RESULTS = 300;

	private final Function<EmailModel, String> html;

	private final Function<EmailModel, String> text;

	private final Cache<BrandAndLanguage, LegalElements> results = Caffeine.newBuilder()
		.maximumSize(CACHED_RESULTS)
		.build();

	public LegalElementCheck(Function<EmailModel, String> html, Function<EmailModel, String> text) {
		this.html = html;
		this.text = text;
	}

	public LegalElements of(BrandKit brand, Locale locale) {
		return this.results.get(new BrandAndLanguage(brand, locale.getLanguage()), this::check);
	}

	private LegalElements check(BrandAndLanguage key) {
		BrandKit brand = key.brand();
		LayoutMessages messages = LayoutMessages.of(Locale.forLanguageTag(key.language()));
		EmailModel model = EmailModel.of(emptyDraft(key), brand, "", LINKS, new FirstNameTag(null, messages), messages);
		String page = this.html.apply(model);
		String plain = this.text.apply(model);
		List<String> lines = brand.postalAddress().stream().filter((line) -> !line.isBlank()).toList();
		return new LegalElements(isShown(brand.senderName(), page, plain),
				!lines.isEmpty() && lines.stream().allMatch((line) -> isShown(line, page, plain)),
				LINK.matcher(page).find() && plain.contains(UNSUBSCRIBE_URL));
	}

	/** A draft without content: every element that is found comes from the layout. */
	private static EmailDraft emptyDraft(BrandAndLanguage key) {
		return new EmailDraft(key.language(), "-", "-", "-", List.of("-"), List.of(),
				new EmailDraft.CallToAction("-", key.brand().siteUrl()), null);
	}

	private static boolean isShown(String element, String page, String plain) {
		String body = page.substring(Math.max(0, page.indexOf("<body")));
		return !element.isBlank() && textOf(body).contains(element) && plain.contains(element);
	}

	private static String textOf(String page) {
		return HtmlUtils.htmlUnescape(page.replaceAll("<[^>]*>", ""));
	}

	private record BrandAndLanguage(BrandKit brand, String language) {

	}

}
