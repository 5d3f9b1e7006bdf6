package io.waypost.audience.language;

import java.util.Locale;

/**
 * A piece of a definition.
 *
 * @param kind what it is
 * @param text the word, the number, the symbol, or what stands between quotation marks
 * @param position where it begins
 */
record Token(Kind kind, String text, Position position) {

	/** What a piece is. */
	enum Kind {

		WORD, QUOTED, NUMBER, SYMBOL, END

	}

	boolean is(String word) {
		return this.kind == Kind.WORD && this.text.toLowerCase(Locale.ROOT).equals(word);
	}

	boolean isSymbol(String symbol) {
		return this.kind == Kind.SYMBOL && this.text.equals(symbol);
	}

}
