package io.waypost.audience.language;

/**
 * How often something was done.
 *
 * @param bound which way
 * @param number from 0, from 1 with a lower bound
 */
public record OccurrenceCount(CountBound bound, int number) {

	/** At least once: what {@code did} says without another word. */
	public static final OccurrenceCount ANY = new OccurrenceCount(CountBound.AT_LEAST, 1);

	/** Which way a number bounds. */
	public enum CountBound {

		/** So often or more often. */
		AT_LEAST("at least"),

		/** So often or less often, also never. */
		AT_MOST("at most"),

		/** Just so often. */
		EXACTLY("exactly");

		private final String phrase;

		CountBound(String words) {
			this.phrase = words;
		}

		/**
		 * How the language says it.
		 * @return one or two words
		 */
		public String phrase() {
			return this.phrase;
		}

	}

	/**
	 * Judges.
	 * @param times how often it was
	 * @return whether that is within the bound
	 */
	public boolean matches(long times) {
		return switch (this.bound) {
			case AT_LEAST -> times >= this.number;
			case AT_MOST -> times <= this.number;
			case EXACTLY -> times == this.number;
		};
	}

}
