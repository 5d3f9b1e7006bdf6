package io.waypost.journey.engine.identity;

import java.util.List;
import java.util.Optional;

import io.waypost.access.Role;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

import org.springframework.stereotype.Component;

/** The caller of the engine on this thread. */
@Component
public class EngineCaller {

	/**
	 * Returns the caller of the current command; empty when Waypost itself calls the
	 * engine.
	 */
	public static Optional<Authentication> current() {
		return Optional.ofNullable(Context.getCommandContext()).map(CommandContext::getAuthentication);
	}

	/**
	 * Returns the tenant of the current caller; empty when Waypost itself calls the
	 * engine.
	 */
	public static Optional<String> tenant() {
		return current().flatMap(EngineCaller::tenant);
	}

	/** Returns a caller's tenant. A caller with several has none. */
	public static Optional<String> tenant(Authentication caller) {
		List<String> tenants = caller.getTenantIds();
		return (tenants != null && tenants.size() == 1) ? Optional.of(tenants.getFirst()) : Optional.empty();
	}

	/** Whether a caller administers the installation, and with it the shared models. */
	public static boolean isPlatformAdmin(Authentication caller) {
		return hasRole(caller, Role.PLATFORM_ADMIN);
	}

	/**
	 * Returns the user or token that the engine acts for.
	 * @return the name, empty when the engine acts for itself
	 */
	public Optional<String> name() {
		return current().map(Authentication::getUserId);
	}

	/**
	 * Whether the caller may decide reviews and approvals, whatever the model says about
	 * the task.
	 * @return false when the engine acts for itself
	 */
	public boolean isReviewer() {
		return isAdmin() || current().filter((caller) -> hasRole(caller, Role.REVIEWER)).isPresent();
	}

	/**
	 * Whether the caller is an administrator of the tenant.
	 * @return false when the engine acts for itself
	 */
	public boolean isAdmin() {
		return current().filter((caller) -> hasRole(caller, Role.ADMIN)).isPresent();
	}

	private static boolean hasRole(Authentication caller, Role role) {
		List<String> groups = caller.getGroupIds();
		return groups != null && groups.contains(EngineGroups.of(role));
	}

}
