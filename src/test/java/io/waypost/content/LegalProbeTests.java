package io.waypost.content;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LegalProbeTests {

	private static final List<String> ADDRESS = List.of("12 O'Mill & Sons Lane", "Bath BA1 1AA");

	private final PlainText text = new PlainText();

	@ParameterizedTest
	@ValueSource(strings = { "en-GB", "de-DE", "fr-FR", "ja-JP" })
	void findsAllPartsInOurLayouts(String locale) {
		assertThat(new Renderer().legalParts(brand(ADDRESS), Locale.forLanguageTag(locale)))
			.isEqualTo(new LegalParts(true, true, true));
	}

	@Test
	void missesALinkThatNobodyCanSee() {
		LegalProbe probe = new LegalProbe(new MailLayout("hides-unsubscribe")::html, this.text::of);
		assertThat(probe.of(brand(ADDRESS), Locale.UK)).isEqualTo(new LegalParts(true, true, false));
	}

	@Test
	void missesALinkThatPlainTextLacks() {
		LegalProbe probe = new LegalProbe(new MailLayout()::html,
				(model) -> this.text.of(model).replaceAll("https://probe\\S+", ""));
		assertThat(probe.of(brand(ADDRESS), Locale.UK)).isEqualTo(new LegalParts(true, true, false));
	}

	@Test
	void missesAnAddressOfWhichALineIsNotShown() {
		LegalProbe probe = new LegalProbe((model) -> new MailLayout().html(model).replace("Bath BA1 1AA", ""),
				this.text::of);
		assertThat(probe.of(brand(ADDRESS), Locale.UK)).isEqualTo(new LegalParts(true, false, true));
	}

	@Test
	void missesTheAddressOfABrandThatHasNone() {
		assertThat(new Renderer().legalParts(brand(List.of(" ")), Locale.UK))
			.isEqualTo(new LegalParts(true, false, true));
	}

	private static BrandKit brand(List<String> address) {
		return new BrandKit(1, "Hearth & Field", "hello@hearth.example", address, "https://hearth.example",
				"https://hearth.example/logo.png", "#0b6e4f", Set.of(), Set.of());
	}

}
