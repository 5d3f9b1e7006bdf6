package io.waypost.content;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ContrastTests {

	/** Against WebAIM's contrast checker. */
	@ParameterizedTest
	@CsvSource({ "#000000,21.0", "#0b6e4f,6.25", "#767676,4.54" })
	void measuresWhiteLettersLikeWcag(String colour, double ratio) {
		assertThat(Contrast.best(colour)).isCloseTo(ratio, within(0.02));
		assertThat(Contrast.textOn(colour)).isEqualTo("#ffffff");
	}

	@Test
	void knowsColoursOnWhichNothingStandsOut() {
		assertThat(Contrast.best("#7d7d7d")).isLessThan(Contrast.ENOUGH);
		assertThat(Contrast.best("#ffd400")).isGreaterThan(Contrast.ENOUGH);
	}

}
