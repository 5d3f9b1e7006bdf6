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

	/**
	 * Evaluates the operator.
	 * @param order negative, zero or positive if the value is less, equal or greater
	 * @return whether the comparison holds
	 */
	public boolean holds(int order) {
		return switch (this) {
			case AT_LEAST -> order >= 0;
			case MORE_THAN -> order > 0;
			case AT_MOST -> order <= 0;
			case LESS_THAN -> order < 0;
			case EQUAL -> order == 0;
		};
	}

}
