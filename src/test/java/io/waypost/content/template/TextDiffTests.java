package io.waypost.content.template;

import java.util.List;
import java.util.stream.Collectors;

import io.waypost.content.TemplateDiff;
import io.waypost.content.TemplateDiff.DiffPassage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextDiffTests {

	@Test
	void marksAddedAndRemovedWords() {
		assertThat(show("Your cart is waiting for you", "Your basket is waiting"))
			.isEqualTo("Your [-cart -][+basket +]is waiting [-for you-]");
	}

	@Test
	void putsRemovalsBeforeAdditions() {
		assertThat(show("one two three", "four five six")).isEqualTo("[-one two three-][+four five six+]");
	}

	@Test
	void comparesALiquidTagAsOneWord() {
		assertThat(show("Hi {{ first_name }}, welcome", "Hi {{ shop | upcase }}, welcome"))
			.isEqualTo("Hi [-{{ first_name }}-][+{{ shop | upcase }}+], welcome");
	}

	@Test
	void ignoresDifferencesInWhiteSpace() {
		assertThat(show("a  b\n\nc", "a b c")).isEqualTo("a b c");
		assertThat(TextDiff.of("", "")).isEmpty();
	}

	@Test
	void reproducesBothTexts() {
		String from = "{ {% if item %}Your {{ item.name }}{% endif %} waits";
		String to = "Your {{ item.name }} { waits {% if total %}for {{ total }}{% endif %} }";
		List<DiffPassage> passages = TextDiff.of(from, to);
		assertThat(text(passages, TemplateDiff.ChangeType.ADDED)).isEqualTo(from.replaceAll("\\s", ""));
		assertThat(text(passages, TemplateDiff.ChangeType.REMOVED)).isEqualTo(to.replaceAll("\\s", ""));
	}

	@Test
	void comparesLongTextsWithoutCommonWords() {
		String from = "a ".repeat(8_000);
		String to = "b ".repeat(8_000);
		assertThat(TextDiff.of(from, to)).hasSize(2);
	}

	/** One of the two texts, put together from its passages. */
	private static String text(List<DiffPassage> passages, TemplateDiff.ChangeType without) {
		return passages.stream()
			.filter((passage) -> passage.change() != without)
			.map(DiffPassage::text)
			.collect(Collectors.joining())
			.replaceAll("\\s", "");
	}

	private static String show(String from, String to) {
		return TextDiff.of(from, to).stream().map((passage) -> switch (passage.change()) {
			case SAME -> passage.text();
			case REMOVED -> "[-" + passage.text() + "-]";
			case ADDED -> "[+" + passage.text() + "+]";
		}).collect(Collectors.joining());
	}

}
