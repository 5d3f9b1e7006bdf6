package io.waypost.agent.embed;

/**
 * Finds the row of a word: the word as it is, without its ending, or the rows of its two
 * parts. German and French words without a row of their own language are looked up as
 * English ones, because names and loan words are frequent.
 */
final class WordForms {

	static final char ENGLISH = 'e';

	static final char GERMAN = 'd';

	static final char FRENCH = 'f';

	/** Marks the key of a word without its ending. */
	static final char STEM = '*';

	static final int NONE = -1;

	private static final int SHORTEST_STEM = 3;

	private static final int SHORTEST_PART = 4;

	private static final int SHORTEST_LOAN = 5;

	private static final String[] GERMAN_ENDINGS = { "ungen", "innen", "enden", "lein", "chen", "ende", "isch", "ung",
			"ern", "ten", "end", "te", "en", "er", "es", "em", "et", "st", "in", "e", "n", "s", "t" };

	private static final String[] FRENCH_ENDINGS = { "issent", "ement", "aient", "ment", "ions", "eurs", "euse", "ant",
			"ait", "ent", "ons", "ées", "era", "eur", "és", "ée", "ez", "er", "ir", "it", "es", "é", "e", "s", "x" };

	private static final String[][] ENGLISH_ENDINGS = { { "ies", "y" }, { "ied", "y" }, { "es", "" }, { "es", "e" },
			{ "s", "" }, { "ing", "" }, { "ing", "e" }, { "ed", "" }, { "ed", "e" }, { "ly", "" }, { "er", "" },
			{ "er", "e" }, { "est", "" }, { "est", "e" }, { "ness", "" }, { "less", "" }, { "y", "" } };

	private final EmbeddingTable table;

	WordForms(EmbeddingTable table) {
		this.table = table;
	}

	/**
	 * Adds a word to a sum.
	 * @param language one of the constants
	 * @param word in lower case
	 * @param sum what it is added to
	 * @return whether the word or its parts are known
	 */
	boolean add(char language, String word, float[] sum) {
		int row = row(language, word, 0, word.length());
		if (row == NONE && language != ENGLISH && word.length() >= SHORTEST_LOAN) {
			row = row(ENGLISH, word, 0, word.length());
		}
		if (row != NONE) {
			this.table.add(row, 1, sum);
			return true;
		}
		return language != FRENCH && word.length() >= 2 * SHORTEST_PART - 1 && addParts(language, word, sum);
	}

	/** Whether a word, or the word without its ending, is known in its language. */
	boolean knows(char language, String word) {
		return row(language, word, 0, word.length()) != NONE;
	}

	/**
	 * Adds the last part of a compound, the longest known one, and the part before it.
	 */
	private boolean addParts(char language, String word, float[] sum) {
		int length = word.length();
		for (int at = SHORTEST_STEM; at <= length - SHORTEST_PART; at++) {
			int tail = row(language, word, at, length);
			if (tail != NONE) {
				int head = head(language, word, at);
				if (head == NONE && language == ENGLISH) {
					continue;
				}
				this.table.add(tail, (head == NONE) ? 1 : 0.5f, sum);
				if (head != NONE) {
					this.table.add(head, 0.5f, sum);
				}
				return true;
			}
		}
		return false;
	}

	/**
	 * The part that ends at a position; German compounds may have up to two letters more.
	 */
	private int head(char language, String word, int end) {
		for (int at = end; at >= Math.max(SHORTEST_STEM, end - ((language == GERMAN) ? 2 : 0)); at--) {
			int row = row(language, word, 0, at);
			if (row != NONE) {
				return row;
			}
		}
		return NONE;
	}

	private int row(char language, String word, int from, int to) {
		int row = this.table.row(EmbeddingTable.key(language, word, from, to));
		if (row != NONE) {
			return row;
		}
		return switch (language) {
			case ENGLISH -> english(word, from, to);
			case GERMAN -> stem(GERMAN, GERMAN_ENDINGS, word, from, to);
			default -> stem(FRENCH, FRENCH_ENDINGS, word, from, to);
		};
	}

	private int stem(char language, String[] endings, String word, int from, int to) {
		int row = this.table.row(stemKey(language, word, from, to));
		for (int at = 0; row == NONE && at < endings.length; at++) {
			int end = to - endings[at].length();
			if (end - from >= SHORTEST_STEM && word.startsWith(endings[at], end)) {
				row = this.table.row(stemKey(language, word, from, end));
			}
		}
		return row;
	}

	private int english(String word, int from, int to) {
		for (String[] ending : ENGLISH_ENDINGS) {
			int end = to - ending[0].length();
			if (end - from < SHORTEST_STEM || !word.startsWith(ending[0], end)) {
				continue;
			}
			int key = EmbeddingTable.key(ENGLISH, word, from, end);
			for (int at = 0; at < ending[1].length(); at++) {
				key = EmbeddingTable.extended(key, ending[1].charAt(at));
			}
			int row = this.table.row(key);
			if (row == NONE && end - from > SHORTEST_STEM && word.charAt(end - 1) == word.charAt(end - 2)) {
				row = this.table.row(EmbeddingTable.key(ENGLISH, word, from, end - 1));
			}
			if (row != NONE) {
				return row;
			}
		}
		return NONE;
	}

	/** Returns the key of a stem. Umlauts change within a German word. */
	static int stemKey(char language, String word, int from, int to) {
		int key = EmbeddingTable.extended(EmbeddingTable.start(language), STEM);
		for (int at = from; at < to; at++) {
			key = EmbeddingTable.extended(key, (language == GERMAN) ? withoutUmlaut(word.charAt(at)) : word.charAt(at));
		}
		return key;
	}

	private static char withoutUmlaut(char letter) {
		return switch (letter) {
			case 'ä' -> 'a';
			case 'ö' -> 'o';
			case 'ü' -> 'u';
			default -> letter;
		};
	}

	/** Endings that are taken off the words of the glossary. */
	static String[] glossaryEndings(char language) {
		return (language == GERMAN) ? new String[] { "ung", "en", "er", "n", "e" }
				: new String[] { "er", "re", "ir", "es", "é", "s", "e" };
	}

}
