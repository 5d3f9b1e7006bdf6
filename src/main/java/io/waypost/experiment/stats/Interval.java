package io.waypost.experiment.stats;

/**
 * From here to there; an end may be infinite.
 *
 * @param lower lower end
 * @param upper upper end
 */
public record Interval(double lower, double upper) {

	static Interval around(double centre, double halfWidth) {
		return new Interval(centre - halfWidth, centre + halfWidth);
	}

	/**
	 * Whether a value is inside, ends included.
	 * @param value any
	 * @return whether it is
	 */
	public boolean contains(double value) {
		return this.lower <= value && value <= this.upper;
	}

	/**
	 * Multiplies both ends, for totals.
	 * @param factor not negative
	 * @return the interval of the multiple
	 */
	public Interval times(double factor) {
		return new Interval(this.lower * factor, this.upper * factor);
	}

}
