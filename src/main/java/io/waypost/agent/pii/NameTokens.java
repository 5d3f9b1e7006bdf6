package io.waypost.agent.pii;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tokens of a text for the name finder: words, numbers, single punctuation marks, and
 * line ends, which separate the parts of an address.
 *
 * @param words the tokens
 * @param starts index of the first character of each
 * @param ends index after the last character of each
 */
record NameTokens(String[] words, int[] starts, int[] ends) {

	/** Token of a line end. */
	static final String LINE_END = "\u21b5";

	/** Longest sequence of tokens that the name finder reads at once. */
	private static final int LONGEST = 120;

	private static final Pattern TOKEN = Pattern
		.compile("\\n|[\\p{L}\\p{M}]+(?:['’][\\p{L}\\p{M}]+){0,8}|\\p{N}+|[^\\s\\p{L}\\p{M}\\p{N}]");

	/** Splits a text into sequences: at the ends of sentences, and of long sequences. */
	static List<NameTokens> of(String text) {
		List<NameTokens> sequences = new ArrayList<>();
		List<int[]> tokens = new ArrayList<>();
		Matcher matcher = TOKEN.matcher(text);
		while (matcher.find()) {
			tokens.add(new int[] { matcher.start(), matcher.end() });
			if (tokens.size() >= LONGEST || (tokens.size() >= LONGEST / 3 && isSentenceEnd(text, matcher.end()))) {
				sequences.add(sequence(text, tokens));
				tokens.clear();
			}
		}
		if (!tokens.isEmpty()) {
			sequences.add(sequence(text, tokens));
		}
		return sequences;
	}

	private static boolean isSentenceEnd(String text, int end) {
		char letter = text.charAt(end - 1);
		return (letter == '.' || letter == '?' || letter == '!') && end < text.length()
				&& Character.isWhitespace(text.charAt(end));
	}

	private static NameTokens sequence(String text, List<int[]> tokens) {
		String[] words = new String[tokens.size()];
		int[] starts = new int[words.length];
		int[] ends = new int[words.length];
		for (int i = 0; i < words.length; i++) {
			starts[i] = tokens.get(i)[0];
			ends[i] = tokens.get(i)[1];
			String word = text.substring(starts[i], ends[i]);
			words[i] = word.equals("\n") ? LINE_END : word;
		}
		return new NameTokens(words, starts, ends);
	}

}
