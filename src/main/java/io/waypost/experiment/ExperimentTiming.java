package io.waypost.experiment;

import java.time.Duration;

/**
 * Durations of an experiment.
 *
 * @param window conversion window: how long after an exposure an outcome counts. An
 * exposure is matured, and is analysed, when its window is over
 * @param minimumRun no decision is made earlier
 * @param deadline test duration, from the start of the phase
 * @param extension by how much the test is extended without a significant result
 * @param extensions maximum number of extensions, from 0
 */
public record ExperimentTiming(Duration window, Duration minimumRun, Duration deadline, Duration extension,
		int extensions) {

	/** Conversion window 1 day, at least 1 day, 7 days, two extensions of 3 days. */
	public static final ExperimentTiming DEFAULT = new ExperimentTiming(Duration.ofDays(1), Duration.ofDays(1),
			Duration.ofDays(7), Duration.ofDays(3), 2);

}
