package io.waypost.agent.phrase;

import java.util.List;

import io.waypost.agent.phrase.PhraseGrammar.PhraseMatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** The syntax of phrases, read from {@code phrases/syntax.txt}. */
class PhraseGrammarTests {

	private final PhraseGrammar grammar = PhraseGrammar.read("/phrases/syntax.txt");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "a red lamp|colour", "a blue lamp|colour", "a green lamp|", "lampshades|light", "lam|",
					"for 3 days|time", "for three days|time", "for days|", "very good|praise", "good|praise",
					"buy it now|gap", "buy it right here now|gap", "buy it right over here now|", "buy. now|",
					"one same word|any", "one word|", "Ça va|accent", "qu'il va|apostrophe" })
	void matchesAsTheSyntaxSays(String text, String section) {
		assertThat(this.grammar.find(TextTokens.of(text))).extracting(PhraseMatch::section)
			.isEqualTo((section != null) ? List.of(section) : List.of());
	}

	@Test
	void continuesASectionFurtherDown() {
		assertThat(this.grammar.find("colour", TextTokens.of("a red lamp, a black lamp"))).hasSize(2);
		assertThat(this.grammar.sections()).startsWith("colour", "light").doesNotHaveDuplicates();
	}

	@Test
	void findsTheLongestPhraseOfASection() {
		assertThat(this.grammar.find("length", TextTokens.of("new and old and new")))
			.extracting(PhraseMatch::start, PhraseMatch::end)
			.containsExactly(tuple(0, 11), tuple(16, 19));
	}

	@Test
	void readsNumbersOfAPhrase() {
		assertThat(this.grammar.find("time", TextTokens.of("for thirty days")).getFirst().numbers()).singleElement()
			.satisfies((number) -> assertThat(number).isEqualByComparingTo("30"));
	}

	@Test
	void splitsWordsAsTheTextsAreSplit() {
		PhraseGrammar exact = PhraseGrammar.read("/phrases/syntax.txt", List::of);
		assertThat(exact.find("accent", TextTokens.ofWords(List.of("ça", "va")))).hasSize(1);
		assertThat(exact.find("accent", TextTokens.ofWords(List.of("ca", "va")))).isEmpty();
		assertThat(exact.find("apostrophe", TextTokens.ofWords(List.of("x", "qu'il", "va")))).singleElement()
			.extracting(PhraseMatch::start)
			.isEqualTo(1);
	}

	@Test
	void knowsPhrasesOfOneWord() {
		assertThat(this.grammar.contains("length", "new")).isTrue();
		assertThat(this.grammar.contains("length", "old")).isFalse();
		assertThat(this.grammar.contains("nothing", "new")).isFalse();
	}

	@Test
	void namesAMissingFile() {
		assertThatThrownBy(() -> PhraseGrammar.read("/phrases/none.txt")).hasMessageContaining("/phrases/none.txt");
	}

}
