package io.waypost.experiment.verdict;

import java.time.Instant;
import java.util.List;

import io.waypost.experiment.Arm;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.measure.ArmTotals;

/**
 * All that a verdict rests on: the same inputs give the same verdict.
 *
 * @param definition what is tested
 * @param tallies one for each arm, in order
 * @param startedAt when the phase began
 * @param deadlineAt when a verdict is wanted
 * @param extensionsLeft how often that can still move
 * @param now when one looks
 */
record ExperimentSnapshot(ExperimentDefinition definition, List<ArmTotals> totals, Instant startedAt,
		Instant deadlineAt, int extensionsLeft, Instant now) {

	boolean deadlinePassed() {
		return !this.now.isBefore(this.deadlineAt);
	}

	boolean isBeforeMinimumRun() {
		return this.now.isBefore(this.startedAt.plus(this.definition.pace().minimumRun()));
	}

	ArmTotals totalsOf(String arm) {
		return this.totals.get(this.definition.arms().stream().map(Arm::key).toList().indexOf(arm));
	}

	ArmTotals control() {
		return totalsOf(this.definition.defaultArm());
	}

}
