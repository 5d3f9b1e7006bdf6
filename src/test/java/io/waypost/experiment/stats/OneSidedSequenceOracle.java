package io.waypost.experiment.stats;

/**
 * One-sided confidence sequence (arXiv 2103.06476, proposition B.1), which Waypost does
 * not use, to check the parts that it shares with the two-sided
 * {@link ConfidenceSequence}.
 */
record OneSidedSequenceOracle(ConfidenceSequence sequence) {

	/** The largest p-value. */
	private static final double NO_EVIDENCE = 0.5;

	/** The alpha of one side is half of that of two sides. */
	static OneSidedSequenceOracle tuned(double alpha, double plannedUnits) {
		return new OneSidedSequenceOracle(ConfidenceSequence.tuned(2 * alpha, plannedUnits));
	}

	Interval above(Effect effect, double alpha) {
		return new Interval(effect.estimate() - halfWidth(effect, alpha), Double.POSITIVE_INFINITY);
	}

	Interval below(Effect effect, double alpha) {
		return new Interval(Double.NEGATIVE_INFINITY, effect.estimate() + halfWidth(effect, alpha));
	}

	/** Smallest alpha at which {@link #above} excludes 0, at most one half. */
	double pValueGreater(Effect effect) {
		if (effect.estimate() <= 0) {
			return NO_EVIDENCE;
		}
		return Math.min(NO_EVIDENCE,
				Math.sqrt(this.sequence.growth(effect)) / (2 * Math.expm1(this.sequence.exponent(effect))));
	}

	private double halfWidth(Effect effect, double alpha) {
		return this.sequence.halfWidth(effect, Math.log1p(Math.sqrt(this.sequence.growth(effect)) / (2 * alpha)));
	}

}
