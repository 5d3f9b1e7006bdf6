package io.waypost.journey.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.waypost.access.Role;
import io.waypost.journey.engine.identity.EngineGroups;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;

import org.springframework.stereotype.Component;

/** The caller of the engine on this thread. */
@Component
public class EngineCaller {

	private static final Set<String> REVIEWERS = Set.of(EngineGroups.of(Role.REVIEWER), EngineGroups.of(Role.ADMIN));

	/**
	 * Returns the user or token that the engine acts for.
	 * @return the name, empty when the engine acts for itself
	 */
	public Optional<String> name() {
		return Optional.ofNullable(Context.getCommandContext())
			.map((context) -> context.getAuthentication())
			.map(Authentication::getUserId);
	}

	/** The tenant that the engine acts for, empty when it acts for itself. */
	static Optional<String> tenant() {
		return Optional.ofNullable(Context.getCommandContext())
			.map((context) -> context.getAuthentication())
			.map(Authentication::getTenantIds)
			.filter((tenants) -> tenants.size() == 1)
			.map(List::getFirst);
	}

	/**
	 * Whether the caller may decide reviews and approvals, whatever the model says about
	 * the task.
	 * @return false when the engine acts for itself
	 */
	public boolean isReviewer() {
		return isAdmin() || groups().stream().anyMatch(REVIEWERS::contains);
	}

	private static List<String> groups() {
		return Optional.ofNullable(Context.getCommandContext())
			.map((context) -> context.getAuthentication())
			.map(Authentication::getGroupIds)
			.orElse(List.of());
	}

	/**
	 * Whether the caller is an administrator of the tenant.
	 * @return false when the engine acts for itself
	 */
	public boolean isAdmin() {
		return Optional.ofNullable(Context.getCommandContext())
			.map((context) -> context.getAuthentication())
			.map(Authentication::getGroupIds)
			.filter((groups) -> groups.contains(EngineGroups.of(Role.ADMIN)))
			.isPresent();
	}

}
