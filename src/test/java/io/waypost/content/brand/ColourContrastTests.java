package io.waypost.content.brand;

import java.util.Random;

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
		assertThat(ColourContrast.ratio("#ffffff", colour)).isCloseTo(ratio, within(0.02));
		assertThat(ColourContrast.textOn(colour)).isEqualTo("#ffffff");
	}

	@Test
	void findsATextColourWithEnoughContrastForEveryColour() {
		Random random = new Random(7);
		for (int i = 0; i < 100_000; i++) {
			String background = "#%06x".formatted(random.nextInt(1 << 24));
			assertThat(ColourContrast.ratio(ColourContrast.textOn(background), background)).as(background)
				.isGreaterThanOrEqualTo(ColourContrast.ENOUGH);
		}
	}

	@Test
	void usesBlackWhereNearBlackIsTooLight() {
		assertThat(ColourContrast.textOn("#7d7d7d")).isEqualTo("#000000");
	}

}
