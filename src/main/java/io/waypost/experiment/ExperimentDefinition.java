package io.waypost.experiment;

import java.util.Collections;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What an experiment is. Changing arms, metric, guardrails, pace of measuring, mode or
 * planned number begins a new phase, whose people and numbers have nothing to do with
 * those before; changing owner, traffic or holdout does not.
 *
 * @param key its name: lower-case letters, digits, dots, hyphens and underscores
 * @param owner who answers for it
 * @param arms what is compared, in order; one arm alone measures lift against the holdout
 * @param defaultArm the arm that others are compared with, and that stays when nothing is
 * clear
 * @param metric what decides
 * @param guardrails what must not get worse
 * @param pace how long things take
 * @param reach who takes part
 * @param mode how people are spread
 * @param uniformShare in Thompson mode, the share of people spread evenly, on whom alone
 * the test rests; else not used
 * @param plannedUsers people in two arms together by which a verdict is expected; it
 * tunes the confidence sequence and stays fixed
 * @param currency ISO 4217 code of orders that count as revenue; null takes any, as if
 * there were only one
 */
public record ExperimentDefinition(String key, String owner, List<Arm> arms, String defaultArm, GoalMetric metric,
		List<GuardrailLimit> guardrails, ExperimentTiming pace, TrafficAllocation reach, AllocationMode mode,
		double uniformShare, long plannedUsers, @Nullable String currency) {

	/** Unsubscribes, complaints, bounces: by so much may a winner be worse. */
	public static final List<GuardrailLimit> DEFAULT_GUARDRAILS = List.of(
			new GuardrailLimit(GuardrailMetric.UNSUBSCRIBE, 0.002),
			new GuardrailLimit(GuardrailMetric.COMPLAINT, 0.0005), new GuardrailLimit(GuardrailMetric.BOUNCE, 0.005));

	/** What GrowthBook tunes to by default. */
	public static final long DEFAULT_PLANNED_USERS = 5_000;

	public static final double DEFAULT_UNIFORM_SHARE = 0.1;

	public ExperimentDefinition {
		arms = List.copyOf(arms);
		guardrails = List.copyOf(guardrails);
	}

	/**
	 * A test of arms of equal weight with the usual guardrails and pace; the first is the
	 * default.
	 * @param key its name
	 * @param owner who answers for it
	 * @param metric what decides
	 * @param arms names of the arms, at least one
	 * @return the definition
	 */
	public static ExperimentDefinition of(String key, String owner, GoalMetric metric, List<String> arms) {
		return new ExperimentDefinition(key, owner, arms.stream().map((arm) -> new Arm(arm, 1)).toList(),
				arms.getFirst(), metric, DEFAULT_GUARDRAILS, ExperimentTiming.DEFAULT, TrafficAllocation.DEFAULT,
				AllocationMode.FIXED, DEFAULT_UNIFORM_SHARE, DEFAULT_PLANNED_USERS, null);
	}

	/**
	 * The same at another pace.
	 * @param other pace
	 * @return a copy
	 */
	public ExperimentDefinition with(ExperimentTiming other) {
		return new ExperimentDefinition(this.key, this.owner, this.arms, this.defaultArm, this.metric, this.guardrails,
				other, this.reach, this.mode, this.uniformShare, this.plannedUsers, this.currency);
	}

	/**
	 * The same with other people.
	 * @param other reach
	 * @return a copy
	 */
	public ExperimentDefinition with(TrafficAllocation other) {
		return new ExperimentDefinition(this.key, this.owner, this.arms, this.defaultArm, this.metric, this.guardrails,
				this.pace, other, this.mode, this.uniformShare, this.plannedUsers, this.currency);
	}

	/**
	 * The same tuned to another number of people.
	 * @param people in two arms together
	 * @return a copy
	 */
	public ExperimentDefinition withPlannedUsers(long people) {
		return new ExperimentDefinition(this.key, this.owner, this.arms, this.defaultArm, this.metric, this.guardrails,
				this.pace, this.reach, this.mode, this.uniformShare, people, this.currency);
	}

	/**
	 * The same with another way of spreading people.
	 * @param other mode
	 * @return a copy
	 */
	public ExperimentDefinition withMode(AllocationMode other) {
		return new ExperimentDefinition(this.key, this.owner, this.arms, this.defaultArm, this.metric, this.guardrails,
				this.pace, this.reach, other, this.uniformShare, this.plannedUsers, this.currency);
	}

	/**
	 * Whether people assigned under one definition can be counted together with those of
	 * the other.
	 */
	boolean isComparableWith(ExperimentDefinition other) {
		return this.arms.equals(other.arms) && this.defaultArm.equals(other.defaultArm) && this.metric == other.metric
				&& this.guardrails.equals(other.guardrails) && this.pace.equals(other.pace) && this.mode == other.mode
				&& this.uniformShare == other.uniformShare && this.plannedUsers == other.plannedUsers
				&& Objects.equals(this.currency, other.currency);
	}

	/** The arms that are compared with the default one, in order. */
	public List<Arm> challengers() {
		return this.arms.stream().filter((arm) -> !arm.key().equals(this.defaultArm)).toList();
	}

	/** The weights by which people who count for the test come into the arms. */
	public double[] testWeights() {
		List<Arm> weighted = (this.mode == AllocationMode.FIXED) ? this.arms
				: Collections.nCopies(this.arms.size(), new Arm("", 1));
		return weighted.stream().mapToDouble(Arm::weight).toArray();
	}

}
