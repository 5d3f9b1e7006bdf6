package io.waypost.journey.engine;

import java.util.List;
import java.util.Map;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderCaseInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderHistoricDecisionInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderProcessInstanceContext;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.jspecify.annotations.Nullable;

/**
 * Provides the tenant of a process instance. Models are shared by all tenants, instances
 * belong to one: only users of that tenant see its tasks and incidents.
 */
final class RunTenantProvider implements TenantIdProvider {

	@Override
	public @Nullable String provideTenantIdForProcessInstance(TenantIdProviderProcessInstanceContext context) {
		DelegateExecution caller = context.getSuperExecution();
		if (caller != null) {
			return caller.getTenantId();
		}
		Map<String, Object> variables = context.getVariables();
		Object tenant = (variables != null) ? variables.get("tenantId") : null;
		return (tenant != null) ? tenant.toString() : callersTenant();
	}

	/** A process that is started over HTTP belongs to the caller's tenant. */
	private static @Nullable String callersTenant() {
		CommandContext command = Context.getCommandContext();
		Authentication caller = (command != null) ? command.getAuthentication() : null;
		List<String> tenants = (caller != null) ? caller.getTenantIds() : null;
		return (tenants != null && tenants.size() == 1) ? tenants.getFirst() : null;
	}

	@Override
	public @Nullable String provideTenantIdForCaseInstance(TenantIdProviderCaseInstanceContext context) {
		return null;
	}

	@Override
	public @Nullable String provideTenantIdForHistoricDecisionInstance(
			TenantIdProviderHistoricDecisionInstanceContext context) {
		DelegateExecution execution = context.getExecution();
		return (execution != null) ? execution.getTenantId() : null;
	}

}
