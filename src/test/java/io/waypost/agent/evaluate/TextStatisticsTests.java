package io.waypost.agent.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextStatisticsTests {

	private static final Pattern WORD = Pattern.compile("[\\p{L}’']+");

	private static final Pattern SENTENCE_END = Pattern.compile("[.!?…:](?=\\p{javaWhitespace}|\\z)|\\n");

	private static final Pattern VOWELS = Pattern.compile("[aeiouyäöüàâéèêëîïôùûœæ]+");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "en|The little cake is here. Take it!|7|8|2", "de|Eine Tasse Tee|3|5|1",
					"fr|Une tasse de thé|4|4|1", "en|'2.50 for 3'|1|1|1", "en|Don’t wait: e.g. now|5|5|3",
					"en|''|0|0|0", "en|Rhythm|1|1|1", "en|𝐁𝐨𝐥𝐝 words|2|2|1", "en|… ! ?|0|0|0" })
	void countsWordsSyllablesAndSentences(String language, String text, int words, int syllables, int sentences) {
		assertThat(TextStatistics.of(text, Locale.of(language)))
			.isEqualTo(new TextStatistics(words, syllables, sentences));
	}

	/** The definition in the Javadoc as patterns. */
	@Property(tries = 5_000)
	void countsAsThePatternsDo(@ForAll("texts") String text, @ForAll("locales") Locale locale) {
		List<String> words = WORD.matcher(text).results().map(MatchResult::group).toList();
		int syllables = words.stream().mapToInt((word) -> syllables(word, locale)).sum();
		int sentences = (int) SENTENCE_END.splitAsStream(text).filter((part) -> WORD.matcher(part).find()).count();
		assertThat(TextStatistics.of(text, locale)).isEqualTo(new TextStatistics(words.size(), syllables, sentences));
	}

	@Provide
	Arbitrary<String> texts() {
		Arbitrary<String> pieces = Arbitraries.of("The", "little", "cake", "Straße", "Äußere", "ŒUVRE", "été", "aime",
				"I’m", "'", "rhythm", "e", "le", "ee", "LE", "!", ".", "?!", "…", ":", " ", "  ", "\n", "\t", "3.5",
				"{{", "-", "\u00a0", "\u2003", "\u0301", "ß", "𝐁𝐞", "漢字", "😀", ". ", ".\n");
		return Arbitraries
			.oneOf(pieces, Arbitraries.chars().filter((letter) -> !Character.isSurrogate(letter)).map(String::valueOf))
			.list()
			.ofMaxSize(30)
			.map((parts) -> String.join("", parts));
	}

	@Provide
	Arbitrary<Locale> locales() {
		return Arbitraries.of(Locale.UK, Locale.GERMANY, Locale.FRANCE);
	}

	private static int syllables(String word, Locale locale) {
		String small = word.codePoints()
			.map(Character::toLowerCase)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
		int groups = (int) VOWELS.matcher(small).results().count();
		boolean silent = groups > 1 && small.endsWith("e") && !small.endsWith("le")
				&& !locale.getLanguage().equals("de");
		return Math.max(1, silent ? groups - 1 : groups);
	}

}
