package io.waypost.experiment;

/** Copies of experiment definitions with one part replaced. */
public final class TestDefinitions {

	private TestDefinitions() {
	}

	public static ExperimentDefinition withPlannedUsers(ExperimentDefinition definition, long users) {
		return new ExperimentDefinition(definition.key(), definition.owner(), definition.arms(),
				definition.defaultArm(), definition.metric(), definition.guardrails(), definition.pace(),
				definition.reach(), definition.mode(), definition.uniformShare(), users, definition.currency());
	}

	public static ExperimentDefinition withMode(ExperimentDefinition definition, AllocationMode mode) {
		return new ExperimentDefinition(definition.key(), definition.owner(), definition.arms(),
				definition.defaultArm(), definition.metric(), definition.guardrails(), definition.pace(),
				definition.reach(), mode, definition.uniformShare(), definition.plannedUsers(), definition.currency());
	}

}
