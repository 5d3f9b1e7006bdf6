package io.waypost.journey.checker;

import java.util.Set;
import java.util.function.Predicate;

/**
 * What a model can refer to.
 *
 * @param processes keys of the processes in the same deployment
 * @param decisions keys of the tables in the same deployment
 * @param deployedProcess whether the engine has a process with this key
 * @param deployedDecision whether the engine has a table with this key
 */
public record Surroundings(Set<String> processes, Set<String> decisions, Predicate<String> deployedProcess,
		Predicate<String> deployedDecision) {

	public Surroundings {
		processes = Set.copyOf(processes);
		decisions = Set.copyOf(decisions);
	}

	/** Whether a process can be called under this binding. */
	boolean hasProcess(String key, boolean sameDeployment) {
		return this.processes.contains(key) || (!sameDeployment && this.deployedProcess.test(key));
	}

	boolean hasDecision(String key, boolean sameDeployment) {
		return this.decisions.contains(key) || (!sameDeployment && this.deployedDecision.test(key));
	}

}
