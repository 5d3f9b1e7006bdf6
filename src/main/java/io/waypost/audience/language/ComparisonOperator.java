package io.waypost.audience.language;

/** How two numbers are compared. */
public enum ComparisonOperator {

	/** At least as large. */
	AT_LEAST("at least", ">="),

	/** Larger. */
	MORE_THAN("more than", ">"),

	/** At most as large. */
	AT_MOST("at most", "<="),

	/** Smaller. */
	LESS_THAN("less than", "<"),

	/** The same. */
	EQUAL("", "=");

	private final String phrase;

	private final String symbol;

	ComparisonOperator(String words, String symbol) {
		this.phrase = words;
		this.symbol = symbol;
	}

	/**
	 * How the language says it.
	 * @return what follows {@code is}; empty when nothing does
	 */
	public String phrase() {
		return this.phrase;
	}

	/**
	 * How mathematics says it.
	 * @return one or two characters, the same in SQL
	 */
	public String symbol() {
		return this.symbol;
	}

	/**
	 * Judges.
	 * @param order negative, zero or positive as the value is smaller, the same or larger
	 * @return whether it compares so
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
