package io.waypost.identity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextRunsTests {

	@ParameterizedTest
	@ValueSource(strings = { "1", "a.", "www.", "1 ", "1-1-", "-", "a@b.", "a:", ". ", "\u00e9" })
	void findsLongRuns(String unit) {
		String run = unit.repeat(8_000 / unit.length());
		assertThat(TextRuns.isReadable(run)).isFalse();
		assertThat(TextRuns.isReadable("A text " + run + " goes on")).isFalse();
		String replaced = TextRuns.replace("A text " + run + " goes on", "***");
		assertThat(replaced).startsWith("A text").contains("***").endsWith("on").hasSizeLessThan(40);
		assertThat(TextRuns.isReadable(replaced)).isTrue();
	}

	@Test
	void acceptsTexts() {
		assertThat(TextRuns.isReadable("Spring is here. ".repeat(2_000))).isTrue();
		assertThat(TextRuns.isReadable("\u6625\u304c\u6765\u307e\u3057\u305f\u3002".repeat(2_000))).isTrue();
		assertThat(TextRuns.isReadable("See https://shop.example/" + "a".repeat(400) + " today")).isTrue();
		assertThat(TextRuns.replace("Spring is here.", "***")).isEqualTo("Spring is here.");
	}

}
