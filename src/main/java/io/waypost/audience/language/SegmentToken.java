package io.waypost.audience.language;

import java.util.Locale;

/**
 * Token of a definition.
 *
 * @param type type of the token
 * @param text the word, the number, the symbol, or the text within quotation marks
 * @param position position of its first character
 */
record SegmentToken(TokenType type, String text, SourcePosition position) {

	/** Type of a token. */
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
