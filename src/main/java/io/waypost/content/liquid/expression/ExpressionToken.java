package io.waypost.content.liquid.expression;

/**
 * A token of an expression.
 *
 * @param type its type
 * @param text its characters; of a text literal without the quotation marks
 * @param offset offset in the source
 * @param end offset behind the token
 */
record ExpressionToken(Type type, String text, int offset, int end) {

	/** Type of a token. */
	enum Type {

		NAME, TEXT, NUMBER, COMPARISON, SYMBOL, END

	}

	boolean isSymbol(String symbol) {
		return this.type == Type.SYMBOL && this.text.equals(symbol);
	}

	boolean isName(String name) {
		return this.type == Type.NAME && this.text.equals(name);
	}

	/** Describes the token in error messages. */
	String description() {
		return (this.type == Type.END) ? "the end" : "'" + this.text + "'";
	}

}
