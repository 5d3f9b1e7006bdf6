package io.waypost.content;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;

/**
 * Looks for the legal parts where the recipient would: in a message that both layouts
 * made. It depends on nothing but brand and language, so one look serves all messages.
 */
final class LegalProbe {

	private static final String ADDRESS = "https://probe.invalid/unsubscribe";

	private static final RecipientLinks LINKS = new RecipientLinks(ADDRESS, null, (url) -> url);

	private static final Pattern LINK = Pattern
		.compile("<a\\b[^>]*\\bhref=\"" + Pattern.quote(ADDRESS) + "\"[^>]*>\\s*[^<\\s]");

	private static final int KEPT = 300;

	private final Function<MailModel, String> html;

	private final Function<MailModel, String> text;

	private final Map<Question, LegalParts> answers = new LeastRecentlyUsed<>(KEPT);

	LegalProbe(Function<MailModel, String> html, Function<MailModel, String> text) {
		this.html = html;
		this.text = text;
	}

	LegalParts of(BrandKit brand, Locale locale) {
		synchronized (this.answers) {
			return this.answers.computeIfAbsent(new Question(brand, locale.getLanguage()), this::look);
		}
	}

	private LegalParts look(Question question) {
		BrandKit brand = question.brand();
		MailTexts texts = MailTexts.of(Locale.forLanguageTag(question.language()));
		MailModel model = MailModel.of(message(question), brand, "", LINKS, new FirstName(null, texts), texts);
		String page = this.html.apply(model);
		String plain = this.text.apply(model);
		List<String> lines = brand.postalAddress().stream().filter((line) -> !line.isBlank()).toList();
		return new LegalParts(stands(brand.senderName(), page, plain),
				!lines.isEmpty() && lines.stream().allMatch((line) -> stands(line, page, plain)),
				LINK.matcher(page).find() && plain.contains(ADDRESS));
	}

	/** Says nothing itself, so whatever is found was put there by the layout. */
	private static Draft message(Question question) {
		return new Draft(question.language(), "-", "-", "-", List.of("-"), List.of(),
				new Draft.CallToAction("-", question.brand().siteUrl()), null);
	}

	private static boolean stands(String words, String page, String plain) {
		String body = page.substring(Math.max(0, page.indexOf("<body")));
		return !words.isBlank() && textOf(body).contains(words) && plain.contains(words);
	}

	private static String textOf(String page) {
		return HtmlUtils.htmlUnescape(page.replaceAll("<[^>]*>", ""));
	}

	private record Question(BrandKit brand, String language) {

	}

}
