package io.waypost.console.spend;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DollarFormatTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "0.000000000|$0", "0.000000150|< $0.0001", "0.0001|$0.0001", "0.00123456|$0.0012",
					"0.00125|$0.0013", "0.500000000|$0.50", "0.9999|$0.9999", "1|$1.00", "1.2345|$1.23",
					"1234567.895|$1,234,567.90" })
	void showsDigitsThatMatter(BigDecimal dollars, String text) {
		assertThat(DollarFormat.format(dollars)).isEqualTo(text);
	}

	@Test
	void roundsWhatIsLeftDown() {
		assertThat(DollarFormat.formatLeft(new BigDecimal("1999.9999"))).isEqualTo("$1,999.99");
	}

}
