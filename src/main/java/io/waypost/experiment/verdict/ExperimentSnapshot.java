package io.waypost.experiment.verdict;

import java.time.Instant;
import java.util.List;

import io.waypost.experiment.Arm;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.measure.ArmTotals;

/**
 * Input of a decision. Equal snapshots give equal decisions.
 *
 * @param definition the definition
 * @param totals counts of each arm, in order
 * @param startedAt start of the phase
 * @param deadlineAt end of the test, including extensions
 * @param extensionsLeft how many extensions are left
 * @param now time of the analysis
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
