package io.waypost.agent.phrase;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A phrase: elements that match words, beginnings of words, numbers and gaps.
 *
 * @param section the section of the grammar
 * @param elements the elements
 */
record Phrase(String section, List<Element> elements) {

	private static final int NO_MATCH = -1;

	/** Parses a line of a grammar. */
	static Phrase parse(String section, String line, Function<String, List<String>> tokens) {
		List<Element> elements = new ArrayList<>();
		for (String part : line.replaceAll("\\([^)]*\\)", " ").strip().split("\\s+", -1)) {
			boolean optional = part.endsWith("?");
			String body = optional ? part.substring(0, part.length() - 1) : part;
			if (body.startsWith("~")) {
				elements
					.add(new Element(Set.of(), List.of(), List.of(), false, Integer.parseInt(body.substring(1)), true));
			}
			else {
				Element element = element(body, optional, tokens);
				if (!element.isEmpty()) {
					elements.add(element);
				}
			}
		}
		return new Phrase(section, List.copyOf(elements));
	}

	/** A word with an apostrophe or a hyphen may be several tokens of a text. */
	private static Element element(String body, boolean optional, Function<String, List<String>> tokens) {
		Set<String> words = new HashSet<>();
		List<List<String>> sequences = new ArrayList<>();
		List<String> beginnings = new ArrayList<>();
		boolean number = false;
		for (String alternative : body.split("/", -1)) {
			if (alternative.equals("#")) {
				number = true;
			}
			else if (alternative.equals("_")) {
				beginnings.add("");
			}
			else if (alternative.endsWith("*")) {
				beginnings.add(String.join("", tokens.apply(alternative.substring(0, alternative.length() - 1))));
			}
			else {
				List<String> parts = tokens.apply(alternative);
				if (parts.size() == 1) {
					words.add(parts.getFirst());
				}
				else if (!parts.isEmpty()) {
					sequences.add(parts);
				}
			}
		}
		return new Element(words, sequences, beginnings, number, 0, optional);
	}

	/** Returns the index after the match that begins at a token, -1 when none does. */
	int match(TextTokens tokens, int at, List<BigDecimal> numbers) {
		if (!numbers.isEmpty()) {
			numbers.clear();
		}
		return match(tokens, at, 0, numbers);
	}

	private int match(TextTokens tokens, int at, int element, List<BigDecimal> numbers) {
		if (element == this.elements.size()) {
			return at;
		}
		Element next = this.elements.get(element);
		if (next.gap() > 0) {
			return matchGap(tokens, at, element, numbers);
		}
		int end = next.isWord(tokens.word(at)) ? match(tokens, at + 1, element + 1, numbers) : NO_MATCH;
		for (int i = 0; end < 0 && i < next.sequences().size(); i++) {
			List<String> words = next.sequences().get(i);
			end = startsWith(tokens, at, words) ? match(tokens, at + words.size(), element + 1, numbers) : NO_MATCH;
		}
		if (end < 0 && next.number()) {
			end = matchNumber(tokens, at, element, numbers);
		}
		return (end < 0 && next.optional()) ? match(tokens, at, element + 1, numbers) : end;
	}

	private int matchGap(TextTokens tokens, int at, int element, List<BigDecimal> numbers) {
		for (int skipped = 0; skipped <= this.elements.get(element).gap(); skipped++) {
			int end = match(tokens, at + skipped, element + 1, numbers);
			if (end >= 0) {
				return end;
			}
			if (tokens.word(at + skipped).equals(TextTokens.STOP)) {
				return NO_MATCH;
			}
		}
		return NO_MATCH;
	}

	private int matchNumber(TextTokens tokens, int at, int element, List<BigDecimal> numbers) {
		SpelledNumbers.ReadNumber number = SpelledNumbers.read(tokens, at);
		if (number == null) {
			return NO_MATCH;
		}
		int known = numbers.size();
		numbers.add(number.value());
		int end = match(tokens, at + number.length(), element + 1, numbers);
		if (end < 0) {
			numbers.subList(known, numbers.size()).clear();
		}
		return end;
	}

	private static boolean startsWith(TextTokens tokens, int at, List<String> words) {
		for (int i = 0; i < words.size(); i++) {
			if (!tokens.word(at + i).equals(words.get(i))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * An element of a phrase.
	 *
	 * @param words alternatives of one word
	 * @param sequences alternatives of several words
	 * @param beginnings beginnings of words; an empty one is any word
	 * @param number whether a number matches
	 * @param gap number of words that may be skipped; 0 for an element that matches words
	 * @param optional whether it may be missing
	 */
	record Element(Set<String> words, List<List<String>> sequences, List<String> beginnings, boolean number, int gap,
			boolean optional) {

		boolean isEmpty() {
			return this.words.isEmpty() && this.sequences.isEmpty() && this.beginnings.isEmpty() && !this.number;
		}

		boolean isWord(String word) {
			if (this.words.contains(word)) {
				return true;
			}
			for (int i = 0; i < this.beginnings.size(); i++) {
				if (word.startsWith(this.beginnings.get(i)) && !word.equals(TextTokens.STOP)) {
					return true;
				}
			}
			return false;
		}

	}

}
