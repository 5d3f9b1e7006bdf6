package io.waypost.console.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

import io.waypost.experiment.stats.Interval;

/** Draws confidence intervals in a chart of width 100 that always includes zero. */
final class IntervalChart {

	private final double left;

	private final double right;

	private IntervalChart(double left, double right) {
		this.left = left;
		this.right = right;
	}

	/**
	 * Makes a chart for intervals with a margin at both ends. Infinite ends are ignored.
	 */
	static IntervalChart around(List<Interval> intervals) {
		List<Double> ends = new ArrayList<>(List.of(0.0));
		intervals.forEach((interval) -> {
			ends.add(interval.lower());
			ends.add(interval.upper());
		});
		double least = ends.stream().filter(Double::isFinite).min(Double::compare).orElse(0.0);
		double most = ends.stream().filter(Double::isFinite).max(Double::compare).orElse(0.0);
		double margin = (most > least) ? (most - least) * 0.06 : 1;
		return new IntervalChart(least - margin, most + margin);
	}

	ExperimentResultsView.IntervalBar bar(String name, double estimate, Interval interval, String description) {
		double from = place(interval.lower());
		String tone = interval.contains(0) ? "held" : (interval.lower() > 0) ? "good" : "bad";
		return new ExperimentResultsView.IntervalBar(name, from, place(interval.upper()) - from, place(estimate),
				place(0), tone, description);
	}

	ExperimentResultsView.ChartScale scale(DoubleFunction<String> format) {
		return new ExperimentResultsView.ChartScale(format.apply(this.left), format.apply(this.right));
	}

	private double place(double value) {
		return Math.clamp(100 * (value - this.left) / (this.right - this.left), 0, 100);
	}

}
