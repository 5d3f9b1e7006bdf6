package io.waypost.agent.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.waypost.agent.phrase.SentenceSplitter;

/**
 * A sentence with its tokens. Tokens are words, numbers and the marks that separate
 * clauses; French elisions are tokens of their own ({@code l'}).
 *
 * @param text the sentence as written
 * @param tokens the tokens as written
 * @param lower the tokens in lower case
 * @param startsLine whether it begins a line
 */
record CopySentence(String text, List<String> tokens, List<String> lower, boolean startsLine) {

	private static final String CLAUSE_MARKS = ",;:";

	/** Returns the number of tokens that are words or numbers. */
	int words() {
		int words = 0;
		for (String token : this.tokens) {
			words += Character.isLetterOrDigit(token.charAt(0)) ? 1 : 0;
		}
		return words;
	}

	/** Whether the sentence ends as a sentence does. */
	boolean complete() {
		int end = this.text.length() - 1;
		while (end >= 0 && " \"'”“»)]\u00a0\u202f".indexOf(this.text.charAt(end)) >= 0) {
			end--;
		}
		return end >= 0 && ".!?…:".indexOf(this.text.charAt(end)) >= 0;
	}

	/** Splits text into sentences. A line end is an end of a sentence. */
	static List<CopySentence> split(String text, boolean elisions) {
		return SentenceSplitter.split(text)
			.stream()
			.map((sentence) -> of(sentence.text(), elisions, sentence.startsLine()))
			.filter((sentence) -> !sentence.tokens().isEmpty())
			.toList();
	}

	/** Reads a text of one sentence. */
	static CopySentence of(String text, boolean elisions) {
		return of(text, elisions, true);
	}

	private static CopySentence of(String text, boolean elisions, boolean startsLine) {
		List<String> tokens = new ArrayList<>();
		List<String> lower = new ArrayList<>();
		for (int at = 0; at < text.length();) {
			int end = tokenEnd(text, at, elisions);
			if (end > at) {
				String token = text.substring(at, end).replace('’', '\'');
				tokens.add(token);
				lower.add(token.toLowerCase(Locale.ROOT));
			}
			at = Math.max(end, at + 1);
		}
		return new CopySentence(text.strip(), tokens, lower, startsLine);
	}

	private static int tokenEnd(String text, int at, boolean elisions) {
		char first = text.charAt(at);
		if (CLAUSE_MARKS.indexOf(first) >= 0) {
			return at + 1;
		}
		int end = at;
		while (end < text.length() && isInToken(text, at, end)) {
			char letter = text.charAt(end++);
			if (elisions && (letter == '\'' || letter == '’')) {
				return end;
			}
		}
		return end;
	}

	private static boolean isInToken(String text, int start, int at) {
		char letter = text.charAt(at);
		boolean inside = at > start && at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
		return Character.isLetterOrDigit(letter) || Character.getType(letter) == Character.NON_SPACING_MARK
				|| inside && (letter == '\'' || letter == '’') || inside && (letter == '.' || letter == ',')
						&& Character.isDigit(text.charAt(at - 1)) && Character.isDigit(text.charAt(at + 1));
	}

}
