package io.waypost.content.layout;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.LegalElements;
import io.waypost.content.RecipientLinks;
import io.waypost.content.cache.LruCache;

import org.springframework.web.util.HtmlUtils;

/**
 * Looks for the legal parts where the recipient would: in a message that both layouts
 * made. It depends on nothing but brand and language, so one look serves all messages.
 */
public final class LegalElementCheck {

	private static final String ADDRESS = "https://probe.invalid/unsubscribe";

	private static final RecipientLinks LINKS = new RecipientLinks(ADDRESS, null, (url) -> url);

	private static final Pattern LINK = Pattern
		.compile("<a\\b[^>]*\\bhref=\"" + Pattern.quote(ADDRESS) + "\"[^>]*>\\s*[^<\\s]");

	private static final int KEPT = 300;

	private final Function<EmailModel, String> html;

	private final Function<EmailModel, String> text;

	private final Map<Question, LegalElements> answers = new LruCache<>(KEPT);

	public LegalElementCheck(Function<EmailModel, String> html, Function<EmailModel, String> text) {
		this.html = html;
		this.text = text;
	}

	public LegalElements of(BrandKit brand, Locale locale) {
		synchronized (this.answers) {
			return this.answers.computeIfAbsent(new Question(brand, locale.getLanguage()), this::check);
		}
	}

	private LegalElements check(Question question) {
		BrandKit brand = question.brand();
		LayoutMessages texts = LayoutMessages.of(Locale.forLanguageTag(question.language()));
		EmailModel model = EmailModel.of(message(question), brand, "", LINKS, new FirstNameTag(null, texts), texts);
		String page = this.html.apply(model);
		String plain = this.text.apply(model);
		List<String> lines = brand.postalAddress().stream().filter((line) -> !line.isBlank()).toList();
		return new LegalElements(isShown(brand.senderName(), page, plain),
				!lines.isEmpty() && lines.stream().allMatch((line) -> isShown(line, page, plain)),
				LINK.matcher(page).find() && plain.contains(ADDRESS));
	}

	/** Says nothing itself, so whatever is found was put there by the layout. */
	private static EmailDraft message(Question question) {
		return new EmailDraft(question.language(), "-", "-", "-", List.of("-"), List.of(),
				new EmailDraft.CallToAction("-", question.brand().siteUrl()), null);
	}

	private static boolean isShown(String words, String page, String plain) {
		String body = page.substring(Math.max(0, page.indexOf("<body")));
		return !words.isBlank() && textOf(body).contains(words) && plain.contains(words);
	}

	private static String textOf(String page) {
		return HtmlUtils.htmlUnescape(page.replaceAll("<[^>]*>", ""));
	}

	private record Question(BrandKit brand, String language) {

	}

}
