package io.waypost.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

import io.waypost.experiment.stats.Interval;

/** Draws intervals on a field 100 wide that always has 0 on it. */
final class Intervals {

	private final double left;

	private final double right;

	private Intervals(double left, double right) {
		this.left = left;
		this.right = right;
	}

	/**
	 * A field for all of some intervals, with some air at its ends; endless ones do not
	 * stretch it.
	 */
	static Intervals around(List<Interval> intervals) {
		List<Double> ends = new ArrayList<>(List.of(0.0));
		intervals.forEach((interval) -> {
			ends.add(interval.lower());
			ends.add(interval.upper());
		});
		double least = ends.stream().filter(Double::isFinite).min(Double::compare).orElse(0.0);
		double most = ends.stream().filter(Double::isFinite).max(Double::compare).orElse(0.0);
		double air = (most > least) ? (most - least) * 0.06 : 1;
		return new Intervals(least - air, most + air);
	}

	ResultsView.Bar bar(String name, double estimate, Interval interval, String words) {
		double from = place(interval.lower());
		String tone = interval.contains(0) ? "held" : (interval.lower() > 0) ? "good" : "bad";
		return new ResultsView.Bar(name, from, place(interval.upper()) - from, place(estimate), place(0), tone, words);
	}

	ResultsView.Scale scale(DoubleFunction<String> words) {
		return new ResultsView.Scale(words.apply(this.left), words.apply(this.right));
	}

	private double place(double value) {
		return Math.clamp(100 * (value - this.left) / (this.right - this.left), 0, 100);
	}

}
