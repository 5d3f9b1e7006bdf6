package io.waypost.experiment;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param window how long after an exposure an outcome still counts; an exposure is
 * matured, and looked at, only when its window is over
 * @param minimumRun no verdict before that, however clear
 * @param deadline when a verdict is wanted, from the start
 * @param extension how much longer the test runs when it is not clear by then
 * @param extensions how often that may happen, from 0
 */
public record ExperimentTiming(Duration window, Duration minimumRun, Duration deadline, Duration extension,
		int extensions) {

	/** A day to mature, a day at least, a week, and twice three days more. */
	public static final ExperimentTiming DEFAULT = new ExperimentTiming(Duration.ofDays(1), Duration.ofDays(1),
			Duration.ofDays(7), Duration.ofDays(3), 2);

}
