package io.waypost.journey.engine.tenant;

import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;

/** Reads the tenant of the engine's rows. */
public final class EngineTenant {

	private EngineTenant() {
	}

	/**
	 * Returns the tenant of an execution or of a task, from the engine's own column.
	 * @param scope the execution or task
	 * @return its tenant
	 * @throws IllegalStateException when the process instance belongs to no tenant
	 */
	public static TenantId of(VariableScope scope) {
		String tenant = switch (scope) {
			case DelegateExecution execution -> execution.getTenantId();
			case DelegateTask task -> task.getTenantId();
			default -> null;
		};
		if (tenant == null) {
			throw new IllegalStateException(
					"The process instance belongs to no tenant; start it as a user of the tenant");
		}
		return new TenantId(tenant);
	}

}
