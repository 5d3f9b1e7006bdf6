package io.waypost.audience.language;

import java.util.Locale;

/**
 * A piece of a definition.
 *
 * @param kind what it is
 * @param text the word, the number, the symbol, or what stands between quotation marks
 * @param position where it begins
 */
record SegmentToken(TokenType type, String text, SourcePosition position) {

	/** What a piece is. */
	enum TokenType {

		WORD, QUOTED, NUMBER, SYMBOL, END

	}

	boolean is(String word) {
		return this.type == TokenType.WORD && this.text.toLowerCase(Locale.ROOT).equals(word);
	}

	boolean isSymbol(String symbol) {
		return this.type == TokenType.SYMBOL && this.text.equals(symbol);
	}

}
