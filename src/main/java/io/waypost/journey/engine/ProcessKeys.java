package io.waypost.journey.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Reads the key of an execution's process. The engine's public API offers it only through
 * a query, which depends on the permissions of the caller.
 */
public final class ProcessKeys {

	private ProcessKeys() {
	}

	/**
	 * Returns the key of the process that an execution belongs to.
	 * @param execution an execution of the engine
	 * @return the id of the process in its model
	 */
	public static String of(DelegateExecution execution) {
		return ((ExecutionEntity) execution).getProcessDefinition().getKey();
	}

}
