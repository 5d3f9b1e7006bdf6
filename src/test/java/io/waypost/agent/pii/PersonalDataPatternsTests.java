package io.waypost.agent.pii;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PersonalDataPatternsTests {

	@ParameterizedTest
	@ValueSource(strings = { "DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "FR1420041010050500013M02606" })
	void recognisesAnIbanByItsCheckDigits(String iban) {
		assertThat(PersonalDataPatterns.isIban(iban)).isTrue();
		assertThat(PersonalDataPatterns.isIban(iban.replace('3', '7'))).isFalse();
	}

	@Test
	void recognisesACardByItsCheckDigit() {
		assertThat(PersonalDataPatterns.isCard("4111 1111 1111 1111")).isTrue();
		assertThat(PersonalDataPatterns.isCard("4111 1111 1111 1112")).isFalse();
		assertThat(PersonalDataPatterns.isCard("0000 0000 0000 0000")).isFalse();
	}

}
