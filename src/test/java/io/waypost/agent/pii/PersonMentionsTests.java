package io.waypost.agent.pii;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PersonMentionsTests {

	@ParameterizedTest
	@ValueSource(strings = { "Madame, Monsieur,\n\nLe service est arrivé.",
			"Sehr geehrte Frau, sehr geehrter Herr,\nDas Regal", "Chère Madame,\nLa lampe", "Madame Monsieur bonjour" })
	void isInNoSalutation(String text) {
		assertThat(PersonMentions.isIn(text)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bonjour Madame Moreau, le service est arrivé.", "as Dr. Smith told us",
			"Frau Kröger mag das Regal", "your neighbour Peter Jones", "Chère Mme Moreau,\nLa lampe" })
	void isInAFormOfAddressWithAName(String text) {
		assertThat(PersonMentions.isIn(text)).isTrue();
	}

}
