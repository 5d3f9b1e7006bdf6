package io.waypost.agent.phrase;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A phrase: elements that match words, beginnings of words, numbers and gaps.
 *
 * @param section the section of the grammar
 * @param elements the elements
 */
record Phrase(String section, List<Element> elements) {

	private static final int NO_MATCH = -1;

	/** Parses a line of a grammar. */
	static Phrase parse(String section, String line) {
		List<Element> elements = new ArrayList<>();
		for (String part : line.replaceAll("\\([^)]*\\)", " ").strip().split("\\s+", -1)) {
			boolean optional = part.endsWith("?");
			String body = optional ? part.substring(0, part.length() - 1) : part;
			if (body.startsWith("~")) {
				elements.add(new Element(List.of(), List.of(), false, Integer.parseInt(body.substring(1)), true));
			}
			else {
				alternatives(body, optional, elements);
			}
		}
		return new Phrase(section, List.copyOf(elements));
	}

	/** A word with an apostrophe or a hyphen is several words of a text. */
	private static void alternatives(String body, boolean optional, List<Element> elements) {
		List<List<String>> exact = new ArrayList<>();
		List<String> beginnings = new ArrayList<>();
		boolean number = false;
		for (String alternative : body.split("/", -1)) {
			if (alternative.equals("#")) {
				number = true;
			}
			else if (alternative.endsWith("*")) {
				beginnings.add(LetterFolding.fold(alternative.substring(0, alternative.length() - 1)));
			}
			else if (!alternative.isEmpty()) {
				exact.add(words(alternative));
			}
		}
		elements.add(new Element(exact, beginnings, number, 0, optional));
	}

	private static List<String> words(String text) {
		TextTokens tokens = TextTokens.of(text);
		List<String> words = new ArrayList<>();
		for (int i = 0; i < tokens.size(); i++) {
			words.add(tokens.word(i));
		}
		return words;
	}

	/** Returns the index after the match that begins at a token, -1 when none does. */
	int match(TextTokens tokens, int at, List<BigDecimal> numbers) {
		numbers.clear();
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
		for (List<String> words : next.exact()) {
			if (startsWith(tokens, at, words)) {
				int end = match(tokens, at + words.size(), element + 1, numbers);
				if (end >= 0) {
					return end;
				}
			}
		}
		String word = tokens.word(at);
		for (String beginning : next.beginnings()) {
			if (word.startsWith(beginning)) {
				int end = match(tokens, at + 1, element + 1, numbers);
				if (end >= 0) {
					return end;
				}
			}
		}
		int end = next.number() ? matchNumber(tokens, at, element, numbers) : NO_MATCH;
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
	 * @param exact alternatives, each one or several words
	 * @param beginnings beginnings of words
	 * @param number whether a number matches
	 * @param gap number of words that may be skipped; 0 for an element that matches words
	 * @param optional whether it may be missing
	 */
	record Element(List<List<String>> exact, List<String> beginnings, boolean number, int gap, boolean optional) {

	}

}
