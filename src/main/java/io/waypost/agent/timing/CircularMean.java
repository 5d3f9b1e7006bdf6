package io.waypost.agent.timing;

/**
 * The daily wave of an engagement: its mean on the circle of hours. The direction is the
 * hour around which it lies, the length (0 to 1) how closely.
 *
 * @param x towards midnight
 * @param y towards six in the morning
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

	/** Of counts that are not all zero. */
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

	/** What the wave adds to an hour: the first term of a Fourier series. */
	double at(int hour) {
		return 2 * (this.x * COS[hour] + this.y * SIN[hour]);
	}

}
