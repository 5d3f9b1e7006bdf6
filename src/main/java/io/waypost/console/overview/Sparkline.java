package io.waypost.console.overview;

import java.util.ArrayList;
import java.util.List;

/** Draws counts as bars from zero, in a box of 300 x 50. */
final class Sparkline {

	private static final double WIDTH = 300;

	private static final double HEIGHT = 48;

	private Sparkline() {
	}

	static List<OverviewView.SparkBar> bars(List<Long> counts) {
		long most = Math.max(1, counts.stream().mapToLong(Long::longValue).max().orElse(1));
		double step = WIDTH / Math.max(1, counts.size());
		List<OverviewView.SparkBar> bars = new ArrayList<>();
		for (int i = 0; i < counts.size(); i++) {
			double height = HEIGHT * counts.get(i) / most;
			bars.add(new OverviewView.SparkBar(i * step, HEIGHT + 1 - height, height));
		}
		return bars;
	}

}
