package io.waypost.agent;

import java.util.Locale;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GoalsTests {

	@Test
	void readsTheLocaleThatWasStated() {
		assertThat(Goals.locale("de-CH", "DE")).isEqualTo(Locale.of("de", "CH"));
		assertThat(Goals.locale("fr_CA", null)).isEqualTo(Locale.of("fr", "CA"));
		assertThat(Goals.locale("en", "GB")).isEqualTo(Locale.UK);
	}

	@Test
	void guessesTheLanguageFromTheCountry() {
		assertThat(Goals.locale(null, "AT")).isEqualTo(Locale.of("de", "AT"));
		assertThat(Goals.locale(null, "JP")).isEqualTo(Locale.of("en", "JP"));
		assertThat(Goals.locale("!!", null)).isEqualTo(Locale.ENGLISH);
	}

}
