package io.waypost.journey.engine.tenant;

import java.util.Optional;

import io.waypost.journey.engine.identity.EngineCaller;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderCaseInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderHistoricDecisionInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderProcessInstanceContext;
import org.jspecify.annotations.Nullable;

/**
 * Provides the tenant of a process instance of a shared model: that of the calling
 * process, else the one that Waypost starts it for, else that of the caller. Process
 * variables are never read, because models can write them.
 */
final class RunTenantProvider implements TenantIdProvider {

	private final StartTenant startTenant;

	RunTenantProvider(StartTenant startTenant) {
		this.startTenant = startTenant;
	}

	@Override
	public @Nullable String provideTenantIdForProcessInstance(TenantIdProviderProcessInstanceContext context) {
		DelegateExecution caller = context.getSuperExecution();
		if (caller != null) {
			return caller.getTenantId();
		}
		return startingTenant();
	}

	@Override
	public @Nullable String provideTenantIdForCaseInstance(TenantIdProviderCaseInstanceContext context) {
		return null;
	}

	/** A decision that is evaluated without a process belongs to the caller's tenant. */
	@Override
	public @Nullable String provideTenantIdForHistoricDecisionInstance(
			TenantIdProviderHistoricDecisionInstanceContext context) {
		DelegateExecution execution = context.getExecution();
		return (execution != null) ? execution.getTenantId() : startingTenant();
	}

	private @Nullable String startingTenant() {
		Optional<String> starting = this.startTenant.current().map(TenantId::value);
		Optional<String> signedIn = EngineCaller.current().flatMap(EngineCaller::tenant);
		if (starting.isPresent() && signedIn.isPresent() && !starting.equals(signedIn)) {
			throw new IllegalStateException("A user of tenant '%s' must not start a process of tenant '%s'"
				.formatted(signedIn.get(), starting.get()));
		}
		return starting.or(() -> signedIn).orElse(null);
	}

}
