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
 * Assigns profiles to the arms of one experiment, from the profile id alone. Global
 * holdout, holdout, layer slot, uniform slice and arm each use a hash with a seed of
 * their own, so they are independent of one another and of other experiments.
 */
public final class ArmAssigner {

	/** Part of every seed; a change assigns everyone again. */
	private static final String VERSION = "waypost/1/";

	private final double globalHoldoutShare;

	private final Bucketing globalHoldoutHash;

	private final double holdoutShare;

	private final Bucketing holdoutHash;

	private final BitSet slots;

	private final Bucketing layerHash;

	/** Positions below it are in the test, those above in the Thompson allocation. */
	private final double uniformShare;

	private final Bucketing sliceHash;

	private final Bucketing armHash;

	private final double[] testBounds;

	private final double[] adaptiveBounds;

	/** By role, then by arm: the assignments are shared objects. */
	private final Assignment[][] assignments;

	private final int defaultArm;

	private final @Nullable Assignment rollout;

	/**
	 * Prepares the hashes and bounds.
	 * @param phase the live phase
	 * @param globalHoldoutShare share of the tenant's people in the global holdout
	 * @param day its quarter selects the global holdout
	 */
	public ArmAssigner(ExperimentPhase phase, double globalHoldoutShare, LocalDate day) {
		ExperimentDefinition definition = phase.definition();
		TrafficAllocation traffic = definition.reach();
		String tenant = VERSION + phase.tenant() + '/';
		String own = tenant + "experiment/" + definition.key() + '/';
		this.globalHoldoutShare = traffic.globalHoldout() ? globalHoldoutShare : 0;
		this.globalHoldoutHash = Bucketing
			.of(tenant + "global-holdout/" + day.getYear() + 'Q' + day.get(IsoFields.QUARTER_OF_YEAR));
		this.holdoutShare = traffic.holdout();
		this.holdoutHash = Bucketing.of(own + "holdout");
		this.layerHash = Bucketing.of((traffic.layer() != null) ? tenant + "layer/" + traffic.layer() : own + "layer");
		this.slots = new BitSet(LayerSlots.TOTAL);
		phase.slots().forEach((range) -> this.slots.set(range.from(), range.to()));
		this.sliceHash = Bucketing.of(own + phase.number() + "/slice");
		this.armHash = Bucketing.of(own + phase.number() + "/arm");
		this.uniformShare = phase.shares().isEmpty() ? 1 : definition.uniformShare();
		this.testBounds = bounds(definition.testWeights());
		this.adaptiveBounds = phase.shares().isEmpty() ? this.testBounds
				: bounds(phase.shares().stream().mapToDouble(Double::doubleValue).toArray());
		this.assignments = assignments(definition.arms());
		this.defaultArm = definition.arms().stream().map(Arm::key).toList().indexOf(definition.defaultArm());
		this.rollout = (phase.conclusion() != null)
				? new Assignment(AssignmentRole.ROLLOUT, phase.conclusion().verdict().arm()) : null;
	}

	/**
	 * Assigns one profile. The result is the same until the phase, its shares or the
	 * quarter changes.
	 * @param profile the profile
	 * @return role and arm
	 */
	public Assignment assign(ProfileId profile) {
		if (this.globalHoldoutShare > 0 && this.globalHoldoutHash.position(profile.value()) < this.globalHoldoutShare) {
			return assignment(AssignmentRole.GLOBAL_HOLDOUT, this.defaultArm);
		}
		if (this.holdoutShare > 0 && this.holdoutHash.position(profile.value()) < this.holdoutShare) {
			return assignment(AssignmentRole.HOLDOUT, this.defaultArm);
		}
		if (this.rollout != null) {
			return this.rollout;
		}
		if (!this.slots.get((int) (this.layerHash.position(profile.value()) * LayerSlots.TOTAL))) {
			return assignment(AssignmentRole.OUTSIDE, this.defaultArm);
		}
		double position = this.armHash.position(profile.value());
		return (this.uniformShare >= 1 || this.sliceHash.position(profile.value()) < this.uniformShare)
				? assignment(AssignmentRole.TEST, arm(this.testBounds, position))
				: assignment(AssignmentRole.ADAPTIVE, arm(this.adaptiveBounds, position));
	}

	private Assignment assignment(AssignmentRole role, int arm) {
		return this.assignments[role.ordinal()][arm];
	}

	private static int arm(double[] bounds, double position) {
		int arm = 0;
		while (position >= bounds[arm]) {
			arm++;
		}
		return arm;
	}

	/** Upper bound of each arm's positions; the last is infinite, against rounding. */
	private static double[] bounds(double[] weights) {
		double[] bounds = new double[weights.length];
		double sum = 0;
		for (int arm = 0; arm < weights.length; arm++) {
			sum += weights[arm];
			bounds[arm] = sum;
		}
		for (int arm = 0; arm < weights.length; arm++) {
			bounds[arm] /= sum;
		}
		bounds[weights.length - 1] = Double.POSITIVE_INFINITY;
		return bounds;
	}

	private static Assignment[][] assignments(List<Arm> arms) {
		Assignment[][] assignments = new Assignment[AssignmentRole.values().length][arms.size()];
		for (AssignmentRole role : AssignmentRole.values()) {
			for (int arm = 0; arm < arms.size(); arm++) {
				assignments[role.ordinal()][arm] = new Assignment(role, arms.get(arm).key());
			}
		}
		return assignments;
	}

}
