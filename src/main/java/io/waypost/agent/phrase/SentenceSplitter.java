package io.waypost.agent.phrase;

import java.util.ArrayList;
import java.util.List;

/** Splits texts into sentences. A line end is an end of a sentence. */
public final class SentenceSplitter {

	private static final List<String> MONTHS = List.of("Jan", "Jän", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug",
			"Sep", "Okt", "Nov", "Dez");

	private SentenceSplitter() {
	}

	/**
	 * Splits a text.
	 * @param text any text
	 * @return its sentences, with the white space around them
	 */
	public static List<TextSentence> split(String text) {
		List<TextSentence> sentences = new ArrayList<>();
		int start = 0;
		for (int at = 0; at < text.length(); at++) {
			if (text.charAt(at) == '\n' || endsSentence(text, at)) {
				sentences.add(new TextSentence(text.substring(start, at + 1), startsLine(text, start)));
				start = at + 1;
			}
		}
		if (start < text.length()) {
			sentences.add(new TextSentence(text.substring(start), startsLine(text, start)));
		}
		return sentences;
	}

	private static boolean startsLine(String text, int start) {
		return start == 0 || text.charAt(start - 1) == '\n';
	}

	private static boolean endsSentence(String text, int at) {
		char mark = text.charAt(at);
		if (".!?…".indexOf(mark) < 0 || (at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1)))) {
			return false;
		}
		if (mark != '.' || at < 2 || at + 2 >= text.length()) {
			return true;
		}
		// "5. Dezember" and "z. B." do not end
		boolean initial = Character.isLetter(text.charAt(at - 1)) && !Character.isLetterOrDigit(text.charAt(at - 2))
				&& text.charAt(at + 1) == ' ';
		return !initial && !(Character.isDigit(text.charAt(at - 1)) && continuesNumber(text, at + 2));
	}

	private static boolean continuesNumber(String text, int next) {
		return Character.isLowerCase(text.charAt(next))
				|| MONTHS.stream().anyMatch((month) -> text.startsWith(month, next));
	}

	/**
	 * A sentence.
	 *
	 * @param text the sentence with the white space around it
	 * @param startsLine whether it begins a line
	 */
	public record TextSentence(String text, boolean startsLine) {

	}

}
