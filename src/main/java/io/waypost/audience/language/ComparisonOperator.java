package io.waypost.audience.language;

/** Comparison operator for numbers. */
public enum ComparisonOperator {

	/** Greater or equal. */
	AT_LEAST("at least", ">="),

	/** Greater. */
	MORE_THAN("more than", ">"),

	/** Less or equal. */
	AT_MOST("at most", "<="),

	/** Less. */
	LESS_THAN("less than", "<"),

	/** Equal. */
	EQUAL("", "=");

	private final String phrase;

	private final String symbol;

	ComparisonOperator(String phrase, String symbol) {
		this.phrase = phrase;
		this.symbol = symbol;
	}

	/**
	 * Returns the phrase in the language.
	 * @return what follows {@code is}; empty for EQUAL
	 */
	public String phrase() {
		return this.phrase;
	}

	/**
	 * Returns the mathematical symbol.
	 * @return one or two characters, as in SQL
	 */
	public String symbol() {
		return this.symbol;
	}

}
