package io.waypost.experiment;

import java.time.Instant;
import java.util.List;

import io.waypost.experiment.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Results of an experiment at one moment.
 *
 * @param experiment key of the experiment
 * @param version the live version
 * @param phase number of the phase; people and counts belong to this phase
 * @param at when the results were read
 * @param startedAt start of the phase
 * @param deadlineAt end of the test, including extensions
 * @param extensionsLeft how many extensions are left
 * @param concludedAt when the test ended; null while it runs
 * @param metric the goal metric
 * @param arms one result per arm, in order
 * @param sampleRatioP always-valid p-value of the sample ratio; below 0.001 the other
 * numbers cannot be trusted
 * @param lift vs the control group; null while there are too few people, or no orders in
 * one of the groups
 * @param verdict current verdict, or the final one of a concluded experiment
 * @param history earlier interim analyses, oldest first
 */
public record ExperimentResults(String experiment, int version, int phase, Instant at, Instant startedAt,
		Instant deadlineAt, int extensionsLeft, @Nullable Instant concludedAt, GoalMetric metric,
		List<ExperimentArmResult> arms, double sampleRatioP, @Nullable Lift lift, ExperimentVerdict verdict,
		List<InterimAnalysis> history) {

	/**
	 * Result of an earlier interim analysis for one arm.
	 *
	 * @param at time of the analysis
	 * @param arm key of the arm
	 * @param matured number of matured people
	 * @param rate their conversion rate
	 * @param interval confidence interval of the difference from the default arm, null if
	 * there was none
	 * @param decision of that analysis
	 */
	public record InterimAnalysis(Instant at, String arm, long matured, double rate, @Nullable Interval interval,
			ExperimentDecision decision) {

	}

}
