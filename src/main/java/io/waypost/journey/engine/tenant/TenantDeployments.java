package io.waypost.journey.engine.tenant;

import io.waypost.journey.engine.identity.EngineCaller;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.RepositoryServiceImpl;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.repository.DeploymentBuilderImpl;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.jspecify.annotations.Nullable;

/**
 * Deploys models of signed-in callers in the caller's tenant. Shared models come with
 * Waypost, or from an administrator of the installation who names no tenant.
 */
final class TenantDeployments extends RepositoryServiceImpl {

	@Override
	public DeploymentWithDefinitions deployWithResult(DeploymentBuilderImpl deployment) {
		Authentication caller = this.commandExecutor.execute(CommandContext::getAuthentication);
		if (caller != null) {
			assignTenant(deployment, caller);
		}
		return super.deployWithResult(deployment);
	}

	private static void assignTenant(DeploymentBuilderImpl deployment, Authentication caller) {
		String requested = deployment.getDeployment().getTenantId();
		if (requested == null && EngineCaller.isPlatformAdmin(caller)) {
			return;
		}
		String own = EngineCaller.tenant(caller)
			.orElseThrow(() -> new BadUserRequestException(
					"'%s' belongs to no tenant and cannot deploy models".formatted(caller.getUserId())));
		if (isForeign(requested, own)) {
			throw new BadUserRequestException(
					"Models are deployed in your tenant '%s': remove the tenant id '%s'".formatted(own, requested));
		}
		deployment.tenantId(own);
	}

	private static boolean isForeign(@Nullable String requested, String own) {
		return requested != null && !requested.equals(own);
	}

}
