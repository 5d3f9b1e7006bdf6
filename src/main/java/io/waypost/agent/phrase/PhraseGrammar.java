package io.waypost.agent.phrase;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Phrases by section. Finding them costs a few map look-ups per word of the text,
 * whatever the number of phrases.
 */
public final class PhraseGrammar {

	private static final int SHORTEST_BEGINNING = 2;

	private final Map<String, List<Phrase>> byWord = new HashMap<>();

	private final Map<String, List<Phrase>> byBeginning = new HashMap<>();

	private final List<Phrase> byNumber = new ArrayList<>();

	private PhraseGrammar() {
	}

	/**
	 * Reads a grammar from a resource: sections in square brackets, one phrase a line.
	 * Lines before the first section are comments; behind it {@code #} begins a phrase.
	 * @param resource name of the resource
	 * @return the grammar
	 */
	public static PhraseGrammar read(String resource) {
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
					grammar.add(Phrase.parse(section, line));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + resource, ex);
		}
		return grammar;
	}

	private void add(Phrase phrase) {
		for (int i = 0; i < phrase.elements().size(); i++) {
			Phrase.Element element = phrase.elements().get(i);
			element.exact()
				.forEach((words) -> this.byWord.computeIfAbsent(words.getFirst(), (word) -> new ArrayList<>())
					.add(phrase));
			element.beginnings()
				.forEach((beginning) -> this.byBeginning.computeIfAbsent(beginning, (key) -> new ArrayList<>())
					.add(phrase));
			if (element.number()) {
				this.byNumber.add(phrase);
			}
			if (!element.optional()) {
				return;
			}
		}
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
			String word = tokens.word(at);
			collect(this.byWord.get(word), tokens, at, found);
			if (!this.byBeginning.isEmpty()) {
				for (int length = SHORTEST_BEGINNING; length <= word.length(); length++) {
					collect(this.byBeginning.get(word.substring(0, length)), tokens, at, found);
				}
			}
			if (SpelledNumbers.read(tokens, at) != null) {
				collect(this.byNumber, tokens, at, found);
			}
		}
		return found;
	}

	private static void collect(@Nullable List<Phrase> phrases, TextTokens tokens, int at, List<PhraseMatch> found) {
		if (phrases == null) {
			return;
		}
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
