package io.waypost.experiment;

import java.time.Instant;
import java.util.List;

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
record Standing(Definition definition, List<Tally> tallies, Instant startedAt, Instant deadlineAt, int extensionsLeft,
		Instant now) {

	boolean deadlinePassed() {
		return !this.now.isBefore(this.deadlineAt);
	}

	boolean isYoung() {
		return this.now.isBefore(this.startedAt.plus(this.definition.pace().minimumRun()));
	}

	Tally tally(String arm) {
		return this.tallies.get(this.definition.arms().stream().map(Arm::key).toList().indexOf(arm));
	}

	Tally ofDefault() {
		return tally(this.definition.defaultArm());
	}

}
