package io.waypost.audience.language;

/**
 * Condition on the number of occurrences of an activity.
 *
 * @param bound type of the bound
 * @param number from 0; from 1 with a lower bound
 */
public record OccurrenceCount(CountBound bound, int number) {

	/** At least once: the meaning of {@code did} without a number. */
	public static final OccurrenceCount ANY = new OccurrenceCount(CountBound.AT_LEAST, 1);

	/** Type of the bound. */
	public enum CountBound {

		/** Lower bound. */
		AT_LEAST("at least"),

		/** Upper bound, also matched by zero occurrences. */
		AT_MOST("at most"),

		/** Exact number. */
		EXACTLY("exactly");

		private final String phrase;

		CountBound(String phrase) {
			this.phrase = phrase;
		}

		/**
		 * Returns the phrase in the language.
		 * @return one or two words
		 */
		public String phrase() {
			return this.phrase;
		}

	}

}
