package io.waypost.journey.check;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a model can refer to.
 *
 * @param processes keys of the processes in the same deployment to the keys they call
 * @param decisions keys of the tables in the same deployment
 * @param forms ids of the forms in the same deployment
 * @param deployedProcess the keys that the newest deployed process with this key calls;
 * empty when the engine has none
 * @param deployedDecision whether the engine has a table with this key
 * @param deployedForm whether the engine has a form with this id
 */
public record DeploymentContext(Map<String, Set<String>> processes, Set<String> decisions, Set<String> forms,
		Function<String, Optional<Set<String>>> deployedProcess, Predicate<String> deployedDecision,
		Predicate<String> deployedForm) {

	public DeploymentContext {
		processes = Map.copyOf(processes);
		decisions = Set.copyOf(decisions);
		forms = Set.copyOf(forms);
	}

	/** Whether a process can be called under this binding. */
	boolean hasProcess(String key, boolean sameDeployment) {
		return this.processes.containsKey(key) || (!sameDeployment && this.deployedProcess.apply(key).isPresent());
	}

	boolean hasDecision(String key, boolean sameDeployment) {
		return this.decisions.contains(key) || (!sameDeployment && this.deployedDecision.test(key));
	}

	boolean hasForm(String id, boolean sameDeployment) {
		return this.forms.contains(id) || (!sameDeployment && this.deployedForm.test(id));
	}

	/** The processes that a process calls after this deployment. */
	Set<String> calls(String key) {
		Set<String> deployedTogether = this.processes.get(key);
		return (deployedTogether != null) ? deployedTogether : this.deployedProcess.apply(key).orElse(Set.of());
	}

}
