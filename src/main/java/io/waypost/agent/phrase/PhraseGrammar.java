package io.waypost.agent.phrase;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Phrases by section, read from a file. Finding them costs a few map look-ups per word of
 * the text, whatever the number of phrases.
 *
 * <p>
 * A line {@code [section]} begins a section, which may be continued further down; every
 * other line behind the first section is a phrase, and lines before it are comments. In a
 * phrase, {@code a/b} is one of several words, {@code word*} a beginning of a word,
 * {@code _} any word, {@code #} a number in figures or in words, {@code ~3} up to three
 * words; {@code ?} behind an element says that it may be missing; parentheses are
 * comments.
 */
public final class PhraseGrammar {

	private final PhraseIndex all = new PhraseIndex();

	private final Map<String, SectionPhrases> sections = new LinkedHashMap<>();

	private PhraseGrammar() {
	}

	/**
	 * Reads a grammar for texts whose tokens {@link TextTokens#of(String)} makes: in
	 * small letters and without accents.
	 * @param resource name of the resource
	 * @return the grammar
	 */
	public static PhraseGrammar read(String resource) {
		return read(resource, (word) -> TextTokens.of(word).words());
	}

	/**
	 * Reads a grammar for texts with other tokens.
	 * @param resource name of the resource
	 * @param tokens splits a word of a phrase as the texts are split
	 * @return the grammar
	 */
	public static PhraseGrammar read(String resource, Function<String, List<String>> tokens) {
		PhraseGrammar grammar = new PhraseGrammar();
		try (InputStream bytes = PhraseGrammar.class.getResourceAsStream(resource)) {
			if (bytes == null) {
				throw new IllegalStateException("The resource %s is missing".formatted(resource));
			}
			BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
			@Nullable String section = null;
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith("[")) {
					section = line.substring(1, line.indexOf(']'));
				}
				else if (section != null && !line.isBlank()) {
					grammar.add(Phrase.parse(section, line, tokens));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + resource, ex);
		}
		return grammar;
	}

	/**
	 * Returns a grammar without phrases.
	 * @return the grammar
	 */
	public static PhraseGrammar empty() {
		return new PhraseGrammar();
	}

	private void add(Phrase phrase) {
		this.all.add(phrase);
		this.sections
			.computeIfAbsent(phrase.section(), (name) -> new SectionPhrases(new PhraseIndex(), new HashSet<>()))
			.add(phrase);
	}

	/**
	 * Returns the sections in the order of the file.
	 * @return their names
	 */
	public List<String> sections() {
		return List.copyOf(this.sections.keySet());
	}

	/**
	 * Whether a section has a phrase of this one word.
	 * @param section name of the section
	 * @param word a token
	 * @return true when it has
	 */
	public boolean contains(String section, String word) {
		SectionPhrases phrases = this.sections.get(section);
		return phrases != null && phrases.words().contains(word);
	}

	/**
	 * Finds phrases, from left to right. A phrase inside of another one of the same
	 * section is not reported.
	 * @param tokens tokens of a text
	 * @return the phrases
	 */
	public List<PhraseMatch> find(TextTokens tokens) {
		List<PhraseMatch> found = new ArrayList<>(2);
		for (int at = 0; at < tokens.size(); at++) {
			int start = at;
			this.all.candidates(tokens, at, (phrases) -> collect(phrases, tokens, start, found));
		}
		return found;
	}

	private static void collect(List<Phrase> phrases, TextTokens tokens, int at, List<PhraseMatch> found) {
		List<BigDecimal> numbers = new ArrayList<>(2);
		for (Phrase phrase : phrases) {
			int end = phrase.match(tokens, at, numbers);
			if (end > at && isNew(found, phrase.section(), tokens.start(at))) {
				found.add(
						new PhraseMatch(phrase.section(), tokens.start(at), tokens.end(end - 1), List.copyOf(numbers)));
			}
		}
	}

	private static boolean isNew(List<PhraseMatch> found, String section, int start) {
		for (PhraseMatch match : found) {
			if (match.section().equals(section) && start < match.end()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Finds the phrases of one section, from left to right, the longest one at each
	 * token. A token belongs to at most one phrase.
	 * @param section name of the section
	 * @param tokens tokens of a text
	 * @return the phrases
	 */
	public List<PhraseMatch> find(String section, TextTokens tokens) {
		SectionPhrases phrases = this.sections.get(section);
		if (phrases == null) {
			return List.of();
		}
		List<PhraseMatch> found = new ArrayList<>(0);
		LongestPhrase longest = new LongestPhrase(tokens);
		for (int at = 0; at < tokens.size(); at++) {
			longest.begin(at);
			phrases.index().candidates(tokens, at, longest);
			if (longest.end > at) {
				found.add(new PhraseMatch(section, tokens.start(at), tokens.end(longest.end - 1), longest.numbers));
				at = longest.end - 1;
			}
		}
		return found;
	}

	/** The longest phrase at a token. */
	private static final class LongestPhrase implements Consumer<List<Phrase>> {

		private final TextTokens tokens;

		private final List<BigDecimal> read = new ArrayList<>(0);

		private List<BigDecimal> numbers = List.of();

		private int at;

		private int end;

		private LongestPhrase(TextTokens tokens) {
			this.tokens = tokens;
		}

		private void begin(int token) {
			this.at = token;
			this.end = token;
		}

		@Override
		public void accept(List<Phrase> phrases) {
			for (Phrase phrase : phrases) {
				int found = phrase.match(this.tokens, this.at, this.read);
				if (found > this.end) {
					this.end = found;
					this.numbers = List.copyOf(this.read);
				}
			}
		}

	}

	/**
	 * The phrases of a section.
	 *
	 * @param index all of them
	 * @param words those that are one word
	 */
	private record SectionPhrases(PhraseIndex index, Set<String> words) {

		void add(Phrase phrase) {
			this.index.add(phrase);
			if (phrase.elements().size() == 1) {
				this.words.addAll(phrase.elements().getFirst().words());
			}
		}

	}

	/**
	 * A phrase in a text.
	 *
	 * @param section section of the grammar
	 * @param start index of its first character in the text
	 * @param end index after its last character
	 * @param numbers values of its numbers
	 */
	public record PhraseMatch(String section, int start, int end, List<BigDecimal> numbers) {

	}

}
