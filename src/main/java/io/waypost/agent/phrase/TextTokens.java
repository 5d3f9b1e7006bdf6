package io.waypost.agent.phrase;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Words of a text in lower case and without accents, numbers, and marks that end a
 * sentence. Apostrophes and hyphens separate words.
 */
public final class TextTokens {

	/** Token of a mark that ends a sentence or a clause, or of a line end. */
	static final String STOP = ".";

	private static final int INITIAL = 64;

	private static final int[] INDEXES = indexes(0, 256);

	private static final int[] NEXT_INDEXES = indexes(1, 256);

	private String[] words;

	private int[] starts;

	private int[] ends;

	private int size;

	private TextTokens(String[] words, int[] starts, int[] ends, int size) {
		this.words = words;
		this.starts = starts;
		this.ends = ends;
		this.size = size;
	}

	private static int[] indexes(int first, int size) {
		return IntStream.range(first, first + size).toArray();
	}

	/**
	 * Makes tokens of words that another tokenizer has found. The place of a token is its
	 * index.
	 * @param words the words
	 * @return the tokens
	 */
	public static TextTokens ofWords(List<String> words) {
		int size = words.size();
		boolean few = size < INDEXES.length;
		return new TextTokens(words.toArray(String[]::new), few ? INDEXES : indexes(0, size),
				few ? NEXT_INDEXES : indexes(1, size), size);
	}

	/**
	 * Splits a text.
	 * @param text any text
	 * @return its tokens
	 */
	public static TextTokens of(String text) {
		TextTokens tokens = new TextTokens(new String[INITIAL], new int[INITIAL], new int[INITIAL], 0);
		StringBuilder word = new StringBuilder();
		int at = 0;
		while (at < text.length()) {
			char letter = text.charAt(at);
			if (Character.isLetter(letter)) {
				at = tokens.readWord(text, at, word);
			}
			else if (letter >= '0' && letter <= '9') {
				at = tokens.readNumber(text, at);
			}
			else {
				if (isStop(letter)) {
					tokens.add(STOP, at, at + 1);
				}
				else if (letter == '%' || letter == '&') {
					tokens.add(String.valueOf(letter), at, at + 1);
				}
				at++;
			}
		}
		return tokens;
	}

	private static boolean isStop(char letter) {
		return switch (letter) {
			case '.', '!', '?', ';', ':', '\n', '|', '\u2026' -> true;
			default -> false;
		};
	}

	private int readWord(String text, int start, StringBuilder word) {
		word.setLength(0);
		int at = start;
		while (at < text.length() && (Character.isLetter(text.charAt(at))
				|| Character.getType(text.charAt(at)) == Character.NON_SPACING_MARK)) {
			LetterFolding.append(word, text.charAt(at));
			at++;
		}
		add(word.toString(), start, at);
		return at;
	}

	/** 1,249.00 and 7,50 are one token; the full stop after 7. is none. */
	private int readNumber(String text, int start) {
		int at = start;
		while (at < text.length() && (isDigit(text, at)
				|| ((text.charAt(at) == '.' || text.charAt(at) == ',') && isDigit(text, at + 1)))) {
			at++;
		}
		add(text.substring(start, at), start, at);
		return at;
	}

	private static boolean isDigit(String text, int at) {
		return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
	}

	private void add(String word, int start, int end) {
		if (this.size == this.words.length) {
			this.words = Arrays.copyOf(this.words, this.size * 2);
			this.starts = Arrays.copyOf(this.starts, this.size * 2);
			this.ends = Arrays.copyOf(this.ends, this.size * 2);
		}
		this.words[this.size] = word;
		this.starts[this.size] = start;
		this.ends[this.size] = end;
		this.size++;
	}

	/**
	 * Returns the number of tokens.
	 * @return 0 or more
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Returns a token.
	 * @param index its index
	 * @return the word, number or mark; a full stop behind the last one
	 */
	public String word(int index) {
		return (index >= 0 && index < this.size) ? this.words[index] : STOP;
	}

	/**
	 * Returns the words, numbers and marks.
	 * @return the tokens in their order
	 */
	public List<String> words() {
		return List.copyOf(Arrays.asList(this.words).subList(0, this.size));
	}

	/**
	 * Returns where a token begins in the text.
	 * @param index its index
	 * @return the index of its first character
	 */
	public int start(int index) {
		return this.starts[index];
	}

	/**
	 * Returns where a token ends in the text.
	 * @param index its index
	 * @return the index after its last character
	 */
	public int end(int index) {
		return this.ends[index];
	}

}
