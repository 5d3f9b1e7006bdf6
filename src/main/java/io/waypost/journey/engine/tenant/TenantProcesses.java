package io.waypost.journey.engine.tenant;

import java.util.function.UnaryOperator;

import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;

import org.springframework.stereotype.Component;

/**
 * Starts processes for a tenant, by the tenant's own model if there is one, else by the
 * shared model.
 */
@Component
public class TenantProcesses {

	private final RuntimeService engine;

	private final TenantModels models;

	private final StartTenant startTenant;

	TenantProcesses(RuntimeService engine, TenantModels models, StartTenant startTenant) {
		this.engine = engine;
		this.models = models;
		this.startTenant = startTenant;
	}

	/**
	 * Starts a process.
	 * @param tenant the tenant that the process instance belongs to
	 * @param key process key
	 * @param settings sets business key and variables
	 * @return id of the process instance
	 */
	public String start(TenantId tenant, String key, UnaryOperator<ProcessInstantiationBuilder> settings) {
		ProcessInstantiationBuilder builder = this.engine.createProcessInstanceByKey(key);
		boolean own = this.models.owns(ModelKind.PROCESS, tenant.value(), key);
		ProcessInstantiationBuilder start = settings.apply(
				own ? builder.processDefinitionTenantId(tenant.value()) : builder.processDefinitionWithoutTenantId());
		return this.startTenant.during(tenant, () -> start.execute().getId());
	}

}
