package io.waypost.journey.engine.tenant;

import java.util.List;
import java.util.Optional;

import io.waypost.access.Role;
import io.waypost.journey.engine.identity.EngineGroups;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/** The tenant and the rights of the caller of an engine command. */
final class EngineCallers {

	private EngineCallers() {
	}

	/** Returns the caller; empty when Waypost itself calls the engine. */
	static Optional<Authentication> current() {
		return Optional.ofNullable(Context.getCommandContext()).map(CommandContext::getAuthentication);
	}

	/** Returns the caller's tenant. A caller with several has none. */
	static Optional<String> tenant(Authentication caller) {
		List<String> tenants = caller.getTenantIds();
		return (tenants != null && tenants.size() == 1) ? Optional.of(tenants.getFirst()) : Optional.empty();
	}

	/** Whether the caller administers the installation, and with it the shared models. */
	static boolean isPlatformAdmin(Authentication caller) {
		List<String> groups = caller.getGroupIds();
		return groups != null && groups.contains(EngineGroups.of(Role.PLATFORM_ADMIN));
	}

}
