package io.waypost.experiment;

import java.util.Collections;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Definition of an experiment. A change of arms, metric, guardrails, pace, mode or
 * planned users starts a new phase: people are assigned again and counted from 0. A
 * change of owner, traffic or holdout continues the phase.
 *
 * @param key name: lower-case letters, digits, dots, hyphens and underscores
 * @param owner person or team responsible
 * @param arms variants, in order; a single arm measures only lift vs the holdout
 * @param defaultArm arm that the others are compared with and that stays without a
 * significant result
 * @param metric the goal metric that decides
 * @param guardrails limits of guardrail metrics
 * @param pace durations
 * @param reach who takes part
 * @param mode how people are allocated to the arms
 * @param uniformShare in Thompson mode, the share of people that is allocated uniformly;
 * the test uses only these. Otherwise unused
 * @param plannedUsers number of people in two arms together by which a decision is
 * expected; tunes the confidence sequence and is fixed for the phase
 * @param currency ISO 4217 code; orders in other currencies do not count as revenue. Null
 * counts all orders without conversion
 */
public record ExperimentDefinition(String key, String owner, List<Arm> arms, String defaultArm, GoalMetric metric,
		List<GuardrailLimit> guardrails, ExperimentTiming pace, TrafficAllocation reach, AllocationMode mode,
		double uniformShare, long plannedUsers, @Nullable String currency) {

	/** Margins by which the winner's rates may exceed those of the default arm. */
	public static final List<GuardrailLimit> DEFAULT_GUARDRAILS = List.of(
			new GuardrailLimit(GuardrailMetric.UNSUBSCRIBE, 0.002),
			new GuardrailLimit(GuardrailMetric.COMPLAINT, 0.0005), new GuardrailLimit(GuardrailMetric.BOUNCE, 0.005));

	/** The default of GrowthBook. */
	public static final long DEFAULT_PLANNED_USERS = 5_000;

	public static final double DEFAULT_UNIFORM_SHARE = 0.1;

	public ExperimentDefinition {
		arms = List.copyOf(arms);
		guardrails = List.copyOf(guardrails);
	}

	/**
	 * Creates a definition with arms of equal weight and defaults for the rest; the first
	 * arm is the default arm.
	 * @param key name
	 * @param owner person or team responsible
	 * @param metric the goal metric
	 * @param arms keys of the arms, at least one
	 * @return the definition
	 */
	public static ExperimentDefinition of(String key, String owner, GoalMetric metric, List<String> arms) {
		return new ExperimentDefinition(key, owner, arms.stream().map((arm) -> new Arm(arm, 1)).toList(),
				arms.getFirst(), metric, DEFAULT_GUARDRAILS, ExperimentTiming.DEFAULT, TrafficAllocation.DEFAULT,
				AllocationMode.FIXED, DEFAULT_UNIFORM_SHARE, DEFAULT_PLANNED_USERS, null);
	}

	/**
	 * Copies the definition with other durations.
	 * @param timing the durations
	 * @return a copy
	 */
	public ExperimentDefinition with(ExperimentTiming timing) {
		return new ExperimentDefinition(this.key, this.owner, this.arms, this.defaultArm, this.metric, this.guardrails,
				timing, this.reach, this.mode, this.uniformShare, this.plannedUsers, this.currency);
	}

	/**
	 * Copies the definition with another traffic allocation.
	 * @param traffic the traffic allocation
	 * @return a copy
	 */
	public ExperimentDefinition with(TrafficAllocation traffic) {
		return new ExperimentDefinition(this.key, this.owner, this.arms, this.defaultArm, this.metric, this.guardrails,
				this.pace, traffic, this.mode, this.uniformShare, this.plannedUsers, this.currency);
	}

	/**
	 * Whether people assigned under this definition can be counted together with those of
	 * another one.
	 */
	boolean isComparableWith(ExperimentDefinition other) {
		return this.arms.equals(other.arms) && this.defaultArm.equals(other.defaultArm) && this.metric == other.metric
				&& this.guardrails.equals(other.guardrails) && this.pace.equals(other.pace) && this.mode == other.mode
				&& this.uniformShare == other.uniformShare && this.plannedUsers == other.plannedUsers
				&& Objects.equals(this.currency, other.currency);
	}

	/** The arms other than the default arm, in order. */
	public List<Arm> challengers() {
		return this.arms.stream().filter((arm) -> !arm.key().equals(this.defaultArm)).toList();
	}

	/** Weights of the arms for people who count for the test. */
	public double[] testWeights() {
		List<Arm> weighted = (this.mode == AllocationMode.FIXED) ? this.arms
				: Collections.nCopies(this.arms.size(), new Arm("", 1));
		return weighted.stream().mapToDouble(Arm::weight).toArray();
	}

}
