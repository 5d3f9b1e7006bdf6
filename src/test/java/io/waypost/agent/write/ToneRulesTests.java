package io.waypost.agent.write;

import java.util.Locale;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ToneRulesTests {

	@Test
	void usesTheStatedLocale() {
		assertThat(ToneRules.locale("de-CH", "DE")).isEqualTo(Locale.of("de", "CH"));
		assertThat(ToneRules.locale("fr_CA", null)).isEqualTo(Locale.of("fr", "CA"));
		assertThat(ToneRules.locale("en", "GB")).isEqualTo(Locale.UK);
	}

	@Test
	void derivesTheLanguageFromTheCountry() {
		assertThat(ToneRules.locale(null, "AT")).isEqualTo(Locale.of("de", "AT"));
		assertThat(ToneRules.locale(null, "JP")).isEqualTo(Locale.of("en", "JP"));
		assertThat(ToneRules.locale("!!", null)).isEqualTo(Locale.ENGLISH);
	}

}
