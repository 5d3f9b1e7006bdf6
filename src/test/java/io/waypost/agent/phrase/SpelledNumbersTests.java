package io.waypost.agent.phrase;

import java.math.BigDecimal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpelledNumbersTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "twenty-five|25", "nineteen|19", "a hundred|100", "two hundred and fifty|250",
					"three thousand|3000", "zwölf|12", "fünfundzwanzig|25", "dreißig|30", "zweihundertfünfzig|250",
					"eintausend|1000", "dix-neuf|19", "vingt et un|21", "quatre-vingt-dix|90", "soixante-dix|70",
					"deux cents|200", "7,50|7.50", "1,249.00|1249.00", "a dozen|12", "42|42" })
	void readsNumbers(String text, BigDecimal value) {
		assertThat(SpelledNumbers.read(TextTokens.of(text), 0)).isNotNull()
			.satisfies((number) -> assertThat(number.value()).isEqualByComparingTo(value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a lamp", "hund", "und", "wunderbar", "et", "sechster", "." })
	void readsNoNumberFromOtherWords(String text) {
		assertThat(SpelledNumbers.read(TextTokens.of(text), 0)).isNull();
	}

}
