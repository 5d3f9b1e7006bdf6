package io.waypost.journey.engine.identity;

import java.util.List;
import java.util.stream.Stream;

import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.TenantQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.jspecify.annotations.Nullable;

/** The tenant queries of the web applications: a person belongs to one tenant. */
final class EngineTenantQuery extends TenantQueryImpl {

	private static final long serialVersionUID = 1L;

	private final transient EngineIdentityProvider identityProvider;

	EngineTenantQuery(EngineIdentityProvider identityProvider, CommandExecutor executor) {
		super(executor);
		this.identityProvider = identityProvider;
	}

	@Override
	public long executeCount(CommandContext context) {
		return matching().count();
	}

	@Override
	public List<Tenant> executeList(CommandContext context, @Nullable Page page) {
		return EngineQueryPage.cut(matching(), page);
	}

	private Stream<Tenant> matching() {
		return this.identityProvider.tenants(this.userId)
			.stream()
			.filter((tenant) -> this.id == null || this.id.equals(tenant.getId()))
			.filter((tenant) -> this.groupId == null);
	}

}
