package io.waypost.journey.engine.tenant;

import java.util.List;

import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.auth.AuthorizationCommandChecker;

import org.springframework.stereotype.Component;

/** Keeps tenants apart in the engine. */
@Component
public class EngineTenancy {

	private final StartTenant startTenant;

	private final TenantModels models;

	EngineTenancy(StartTenant startTenant, TenantModels models) {
		this.startTenant = startTenant;
		this.models = models;
	}

	/**
	 * Configures the engine before it is built.
	 * @param engine its configuration
	 */
	public void configure(ProcessEngineConfigurationImpl engine) {
		engine.setTenantCheckEnabled(true);
		engine.setDelegateInterceptor(new TenantDelegateInterceptor());
		engine.setTenantIdProvider(new RunTenantProvider(this.startTenant));
		engine.setRepositoryService(new TenantDeployments());
		engine.setCommandCheckers(List.of(new SharedRowChecker(), new AuthorizationCommandChecker()));
		engine.getCustomPostBPMNParseListeners().add(new TenantDefinitionListener(this.models));
	}

}
