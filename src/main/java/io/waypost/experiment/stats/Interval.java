package io.waypost.experiment.stats;

/**
 * A confidence or credible interval; an end can be infinite.
 *
 * @param lower lower end
 * @param upper upper end
 */
public record Interval(double lower, double upper) {

	static Interval around(double centre, double halfWidth) {
		return new Interval(centre - halfWidth, centre + halfWidth);
	}

	/**
	 * Whether a value is inside the interval, ends included.
	 * @param value the value
	 * @return true when it is inside
	 */
	public boolean contains(double value) {
		return this.lower <= value && value <= this.upper;
	}

	/**
	 * Multiplies both ends.
	 * @param factor not negative
	 * @return the scaled interval
	 */
	public Interval times(double factor) {
		return new Interval(this.lower * factor, this.upper * factor);
	}

}
