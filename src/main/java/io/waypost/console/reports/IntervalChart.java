package io.waypost.console.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

import io.waypost.experiment.stats.Interval;

/** Draws intervals on a field 100 wide that always has 0 on it. */
final class IntervalChart {

	private final double left;

	private final double right;

	private IntervalChart(double left, double right) {
		this.left = left;
		this.right = right;
	}

	/**
	 * A field for all of some intervals, with some air at its ends; endless ones do not
	 * stretch it.
	 */
	static IntervalChart around(List<Interval> intervals) {
		List<Double> ends = new ArrayList<>(List.of(0.0));
		intervals.forEach((interval) -> {
			ends.add(interval.lower());
			ends.add(interval.upper());
		});
		double least = ends.stream().filter(Double::isFinite).min(Double::compare).orElse(0.0);
		double most = ends.stream().filter(Double::isFinite).max(Double::compare).orElse(0.0);
		double air = (most > least) ? (most - least) * 0.06 : 1;
		return new IntervalChart(least - air, most + air);
	}

	ExperimentResultsView.IntervalBar bar(String name, double estimate, Interval interval, String words) {
		double from = place(interval.lower());
		String tone = interval.contains(0) ? "held" : (interval.lower() > 0) ? "good" : "bad";
		return new ExperimentResultsView.IntervalBar(name, from, place(interval.upper()) - from, place(estimate),
				place(0), tone, words);
	}

	ExperimentResultsView.ChartScale scale(DoubleFunction<String> words) {
		return new ExperimentResultsView.ChartScale(words.apply(this.left), words.apply(this.right));
	}

	private double place(double value) {
		return Math.clamp(100 * (value - this.left) / (this.right - this.left), 0, 100);
	}

}
