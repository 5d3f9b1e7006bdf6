package io.waypost.experiment;

import java.time.Instant;
import java.util.List;

import io.waypost.experiment.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * How an experiment stands.
 *
 * @param experiment its name
 * @param version the one in force
 * @param phase how many times it began anew: people and numbers are those of this phase
 * @param at when this was read
 * @param startedAt when the phase began
 * @param deadlineAt when a verdict is wanted, extensions counted
 * @param extensionsLeft how often that can still move
 * @param concludedAt when it ended; null while it runs
 * @param metric what decides
 * @param arms one for each arm, in order
 * @param sampleRatioP chance of a split at least this uneven if assignment is fair; below
 * 0.001 nothing else is to be trusted
 * @param lift against those held out; null while there are too few, or nobody bought on
 * one side
 * @param verdict what follows; of a concluded experiment, what it ended with
 * @param history earlier looks, oldest first
 */
public record ExperimentResults(String experiment, int version, int phase, Instant at, Instant startedAt,
		Instant deadlineAt, int extensionsLeft, @Nullable Instant concludedAt, GoalMetric metric,
		List<ExperimentArmResult> arms, double sampleRatioP, @Nullable Lift lift, ExperimentVerdict verdict,
		List<InterimAnalysis> history) {

	/**
	 * What an earlier look saw of one arm.
	 *
	 * @param at when
	 * @param arm which
	 * @param matured people counted
	 * @param rate their rate
	 * @param interval of the difference to the default arm, null where there was none
	 * @param decision of that look
	 */
	public record InterimAnalysis(Instant at, String arm, long matured, double rate, @Nullable Interval interval,
			ExperimentDecision decision) {

	}

}
