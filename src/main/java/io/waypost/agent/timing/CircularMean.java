package io.waypost.agent.timing;

/**
 * The mean of engagement times on the 24-hour circle. Its direction is the mean hour, its
 * length (0 to 1) the concentration around that hour.
 *
 * @param x component towards midnight
 * @param y component towards 6 a.m.
 */
record CircularMean(double x, double y) {

	private static final double[] COS = new double[EngagementCurve.HOURS];

	private static final double[] SIN = new double[EngagementCurve.HOURS];

	static {
		for (int hour = 0; hour < EngagementCurve.HOURS; hour++) {
			COS[hour] = StrictMath.cos(2 * StrictMath.PI * hour / EngagementCurve.HOURS);
			SIN[hour] = StrictMath.sin(2 * StrictMath.PI * hour / EngagementCurve.HOURS);
		}
	}

	static CircularMean of(EngagementCurve curve) {
		double x = 0;
		double y = 0;
		for (int hour = 0; hour < EngagementCurve.HOURS; hour++) {
			x += curve.at(hour) * COS[hour];
			y += curve.at(hour) * SIN[hour];
		}
		return new CircularMean(x, y);
	}

	/** Returns the mean of counts by hour; at least one is positive. */
	static CircularMean of(long[] counts, long total) {
		double x = 0;
		double y = 0;
		for (int hour = 0; hour < EngagementCurve.HOURS; hour++) {
			x += counts[hour] * COS[hour];
			y += counts[hour] * SIN[hour];
		}
		return new CircularMean(x / total, y / total);
	}

	CircularMean minus(CircularMean other) {
		return new CircularMean(this.x - other.x, this.y - other.y);
	}

	CircularMean times(double factor) {
		return new CircularMean(this.x * factor, this.y * factor);
	}

	double squaredLength() {
		return this.x * this.x + this.y * this.y;
	}

	/** Returns the value of the first Fourier term at an hour. */
	double at(int hour) {
		return 2 * (this.x * COS[hour] + this.y * SIN[hour]);
	}

}
