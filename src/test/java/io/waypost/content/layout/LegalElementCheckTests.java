package io.waypost.content.layout;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.LegalElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LegalElementCheckTests {

	private static final List<String> ADDRESS = List.of("12 O'Mill & Sons Lane", "Bath BA1 1AA");

	private final PlainTextLayout text = new PlainTextLayout();

	@ParameterizedTest
	@ValueSource(strings = { "en-GB", "de-DE", "fr-FR", "ja-JP" })
	void findsAllElementsInTheBuiltInLayouts(String locale) {
		assertThat(new EmailRenderer().legalElements(brand(ADDRESS), Locale.forLanguageTag(locale)))
			.isEqualTo(new LegalElements(true, true, true));
	}

	@Test
	void reportsAnInvisibleUnsubscribeLink() {
		LegalElementCheck check = new LegalElementCheck(
				new HtmlLayout(Map.of(EmailDraft.Layout.CARD, new MailFile("hides-unsubscribe.mjml")))::html,
				this.text::of);
		assertThat(check.of(brand(ADDRESS), Locale.UK)).isEqualTo(new LegalElements(true, true, false));
	}

	@Test
	void reportsAMissingLinkInPlainText() {
		LegalElementCheck check = new LegalElementCheck(new HtmlLayout()::html,
				(model) -> this.text.of(model).replaceAll("https://probe\\S+", ""));
		assertThat(check.of(brand(ADDRESS), Locale.UK)).isEqualTo(new LegalElements(true, true, false));
	}

	@Test
	void reportsAnIncompletePostalAddress() {
		LegalElementCheck check = new LegalElementCheck(
				(model) -> new HtmlLayout().html(model).replace("Bath BA1 1AA", ""), this.text::of);
		assertThat(check.of(brand(ADDRESS), Locale.UK)).isEqualTo(new LegalElements(true, false, true));
	}

	@Test
	void reportsAMissingPostalAddress() {
		assertThat(new EmailRenderer().legalElements(brand(List.of(" ")), Locale.UK))
			.isEqualTo(new LegalElements(true, false, true));
	}

	private static BrandKit brand(List<String> address) {
		return new BrandKit(1, "Hearth & Field", "hello@hearth.example", address, "https://hearth.example",
				"https://hearth.example/logo.png", "#0b6e4f", Set.of(), Set.of());
	}

}
