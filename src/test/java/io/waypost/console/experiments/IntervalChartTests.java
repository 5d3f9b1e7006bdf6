package io.waypost.console.experiments;

import java.util.List;

import io.waypost.experiment.stats.Interval;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class IntervalChartTests {

	@Test
	void includesZero() {
		Interval better = new Interval(0.02, 0.06);
		Interval unclear = new Interval(-0.04, 0.02);
		IntervalChart chart = IntervalChart.around(List.of(better, unclear));
		ExperimentResultsView.IntervalBar one = chart.bar("b", 0.04, better, "description");
		ExperimentResultsView.IntervalBar other = chart.bar("c", -0.01, unclear, "description");
		assertThat(one.tone()).isEqualTo("good");
		assertThat(other.tone()).isEqualTo("held");
		assertThat(one.zero()).isEqualTo(other.zero()).isBetween(30.0, 50.0).isLessThan(one.from());
		assertThat(other.from()).isLessThan(other.zero());
		assertThat(one.from() + one.width() / 2).isCloseTo(one.estimate(), within(0.01));
		assertThat(one.from() + one.width()).isLessThanOrEqualTo(100);
	}

	@Test
	void clipsInfiniteIntervals() {
		Interval infinite = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
		ExperimentResultsView.IntervalBar bar = IntervalChart.around(List.of(infinite))
			.bar("b", 0, infinite, "description");
		assertThat(bar.from()).isZero();
		assertThat(bar.width()).isEqualTo(100);
		assertThat(bar.tone()).isEqualTo("held");
	}

	@Test
	void marksLossAsBad() {
		Interval worse = new Interval(-0.06, -0.02);
		assertThat(IntervalChart.around(List.of(worse)).bar("b", -0.04, worse, "description").tone()).isEqualTo("bad");
	}

}
