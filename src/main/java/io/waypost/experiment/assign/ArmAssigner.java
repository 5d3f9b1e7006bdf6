package io.waypost.experiment.assign;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.BitSet;
import java.util.List;

import io.waypost.experiment.Arm;
import io.waypost.experiment.Assignment;
import io.waypost.experiment.Assignment.AssignmentRole;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.TrafficAllocation;
import io.waypost.kernel.Bucketing;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * Says who gets what, from the id alone. Each question has an order of people of its own:
 * whether held out from everything, from this experiment, in which slot of the layer, in
 * which slice, in which arm. So answers do not depend on one another, nor on what another
 * experiment answered.
 */
public final class ArmAssigner {

	private static final String VERSION = "waypost/1/";

	private final double globalShare;

	private final Bucketing global;

	private final double holdoutShare;

	private final Bucketing holdout;

	private final BitSet slots;

	private final Bucketing layer;

	/** Below it the test, above it what Thompson sampling drew. */
	private final double slice;

	private final Bucketing slicing;

	private final Bucketing arming;

	private final double[] testEnds;

	private final double[] adaptiveEnds;

	/** By role, then by arm: one object for each answer there is. */
	private final Assignment[][] answers;

	private final int defaultArm;

	private final @Nullable Assignment shipped;

	/**
	 * Prepares the answers.
	 * @param trial what is in force
	 * @param globalShare share of the tenant's people held out from everything
	 * @param day by whose quarter that is
	 */
	public ArmAssigner(ExperimentPhase trial, double globalShare, LocalDate day) {
		ExperimentDefinition definition = trial.definition();
		TrafficAllocation reach = definition.reach();
		String tenant = VERSION + trial.tenant() + '/';
		String own = tenant + "experiment/" + definition.key() + '/';
		this.globalShare = reach.globalHoldout() ? globalShare : 0;
		this.global = Bucketing
			.of(tenant + "global-holdout/" + day.getYear() + 'Q' + day.get(IsoFields.QUARTER_OF_YEAR));
		this.holdoutShare = reach.holdout();
		this.holdout = Bucketing.of(own + "holdout");
		this.layer = Bucketing.of((reach.layer() != null) ? tenant + "layer/" + reach.layer() : own + "layer");
		this.slots = new BitSet(LayerSlots.TOTAL);
		trial.slots().forEach((range) -> this.slots.set(range.from(), range.to()));
		this.slicing = Bucketing.of(own + trial.number() + "/slice");
		this.arming = Bucketing.of(own + trial.number() + "/arm");
		this.slice = trial.shares().isEmpty() ? 1 : definition.uniformShare();
		this.testEnds = ends(definition.testWeights());
		this.adaptiveEnds = trial.shares().isEmpty() ? this.testEnds
				: ends(trial.shares().stream().mapToDouble(Double::doubleValue).toArray());
		this.answers = answers(definition.arms());
		this.defaultArm = definition.arms().stream().map(Arm::key).toList().indexOf(definition.defaultArm());
		this.shipped = (trial.conclusion() != null)
				? new Assignment(AssignmentRole.ROLLOUT, trial.conclusion().verdict().arm()) : null;
	}

	/**
	 * What one person gets.
	 * @param profile who
	 * @return always the same while nothing is changed
	 */
	public Assignment assign(ProfileId profile) {
		if (this.globalShare > 0 && this.global.position(profile.value()) < this.globalShare) {
			return answer(AssignmentRole.GLOBAL_HOLDOUT, this.defaultArm);
		}
		if (this.holdoutShare > 0 && this.holdout.position(profile.value()) < this.holdoutShare) {
			return answer(AssignmentRole.HOLDOUT, this.defaultArm);
		}
		if (this.shipped != null) {
			return this.shipped;
		}
		if (!this.slots.get((int) (this.layer.position(profile.value()) * LayerSlots.TOTAL))) {
			return answer(AssignmentRole.OUTSIDE, this.defaultArm);
		}
		double place = this.arming.position(profile.value());
		return (this.slice >= 1 || this.slicing.position(profile.value()) < this.slice)
				? answer(AssignmentRole.TEST, arm(this.testEnds, place))
				: answer(AssignmentRole.ADAPTIVE, arm(this.adaptiveEnds, place));
	}

	private Assignment answer(AssignmentRole role, int arm) {
		return this.answers[role.ordinal()][arm];
	}

	private static int arm(double[] ends, double place) {
		int arm = 0;
		while (place >= ends[arm]) {
			arm++;
		}
		return arm;
	}

	/** Where each arm's stretch of the line ends; the last end lies beyond all places. */
	private static double[] ends(double[] weights) {
		double[] ends = new double[weights.length];
		double sum = 0;
		for (int arm = 0; arm < weights.length; arm++) {
			sum += weights[arm];
			ends[arm] = sum;
		}
		for (int arm = 0; arm < weights.length; arm++) {
			ends[arm] /= sum;
		}
		ends[weights.length - 1] = Double.POSITIVE_INFINITY;
		return ends;
	}

	private static Assignment[][] answers(List<Arm> arms) {
		Assignment[][] answers = new Assignment[AssignmentRole.values().length][arms.size()];
		for (AssignmentRole role : AssignmentRole.values()) {
			for (int arm = 0; arm < arms.size(); arm++) {
				answers[role.ordinal()][arm] = new Assignment(role, arms.get(arm).key());
			}
		}
		return answers;
	}

}
