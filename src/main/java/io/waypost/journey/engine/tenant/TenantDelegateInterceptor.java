package io.waypost.journey.engine.tenant;

import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.delegate.DefaultDelegateInterceptor;
import org.camunda.bpm.engine.impl.delegate.DelegateInvocation;

/**
 * Runs each step and listener of a job in the scope of its process instance's tenant,
 * from the engine's own column. Jobs begin in the scope of all tenants. A request keeps
 * the scope of its caller.
 */
class TenantDelegateInterceptor extends DefaultDelegateInterceptor {

	@Override
	public void handleInvocation(DelegateInvocation invocation) throws Exception {
		if (TenantScope.isAll() && invocation.getContextExecution() instanceof DelegateExecution execution
				&& execution.getTenantId() != null) {
			try (TenantScope scope = TenantScope.open(new TenantId(execution.getTenantId()))) {
				super.handleInvocation(invocation);
			}
		}
		else {
			super.handleInvocation(invocation);
		}
	}

}
