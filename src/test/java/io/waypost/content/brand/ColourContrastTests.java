package io.waypost.content.brand;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ColourContrastTests {

	/** Expected ratios are from WebAIM's contrast checker. */
	@ParameterizedTest
	@CsvSource({ "#000000,21.0", "#0b6e4f,6.25", "#767676,4.54" })
	void computesTheContrastRatioOfWcag(String colour, double ratio) {
		assertThat(ColourContrast.best(colour)).isCloseTo(ratio, within(0.02));
		assertThat(ColourContrast.textOn(colour)).isEqualTo("#ffffff");
	}

	@Test
	void findsColoursWithTooLittleContrast() {
		assertThat(ColourContrast.best("#7d7d7d")).isLessThan(ColourContrast.ENOUGH);
		assertThat(ColourContrast.best("#ffd400")).isGreaterThan(ColourContrast.ENOUGH);
	}

}
