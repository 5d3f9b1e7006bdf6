package io.waypost.journey.engine.identity;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.waypost.access.Role;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.UserOperationLogCategoryPermissions;
import org.camunda.bpm.engine.filter.Filter;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates the permissions of each group at every start: a missing permission is added,
 * other permissions stay. Marketers may start processes but not deploy them: a deployed
 * process has passed the journey checker. The administrator of a tenant has permissions
 * like the other roles, and no permission to change what all tenants share; that is for
 * the administrators of the installation, who in turn read no instances. No other group
 * may create filters, because filters contain queries; the two filters that reviewers
 * need are created here.
 */
@Component
public class EngineGrants {

	private static final List<Grant> ALL = List.of(
			new Grant(Role.REVIEWER, Resources.APPLICATION, "tasklist", Permissions.ACCESS),
			new Grant(Role.OPERATOR, Resources.APPLICATION, "tasklist", Permissions.ACCESS),
			new Grant(Role.OPERATOR, Resources.APPLICATION, "cockpit", Permissions.ACCESS),
			new Grant(Role.COMPLIANCE, Resources.APPLICATION, "cockpit", Permissions.ACCESS),
			new Grant(Role.MARKETER, Resources.PROCESS_DEFINITION, Authorization.ANY, Permissions.READ,
					Permissions.READ_INSTANCE, Permissions.CREATE_INSTANCE),
			new Grant(Role.MARKETER, Resources.PROCESS_INSTANCE, Authorization.ANY, Permissions.CREATE),
			new Grant(Role.MARKETER, Resources.DECISION_DEFINITION, Authorization.ANY, Permissions.READ),
			new Grant(Role.ADMIN, Resources.APPLICATION, "tasklist", Permissions.ACCESS),
			new Grant(Role.ADMIN, Resources.APPLICATION, "cockpit", Permissions.ACCESS),
			new Grant(Role.ADMIN, Resources.DEPLOYMENT, Authorization.ANY, Permissions.CREATE, Permissions.READ,
					Permissions.DELETE),
			new Grant(Role.ADMIN, Resources.PROCESS_DEFINITION, Authorization.ANY, Permissions.READ,
					Permissions.READ_INSTANCE, Permissions.READ_HISTORY, Permissions.CREATE_INSTANCE,
					Permissions.DELETE_INSTANCE, Permissions.READ_TASK, Permissions.UPDATE_TASK,
					ProcessDefinitionPermissions.RETRY_JOB, ProcessDefinitionPermissions.SUSPEND_INSTANCE),
			new Grant(Role.ADMIN, Resources.PROCESS_INSTANCE, Authorization.ANY, Permissions.CREATE),
			new Grant(Role.ADMIN, Resources.DECISION_DEFINITION, Authorization.ANY, Permissions.READ,
					Permissions.READ_HISTORY, Permissions.CREATE_INSTANCE),
			new Grant(Role.ADMIN, Resources.OPERATION_LOG_CATEGORY, Authorization.ANY,
					UserOperationLogCategoryPermissions.READ),
			new Grant(Role.PLATFORM_ADMIN, Resources.APPLICATION, Authorization.ANY, Permissions.ACCESS),
			new Grant(Role.PLATFORM_ADMIN, Resources.DEPLOYMENT, Authorization.ANY, Permissions.CREATE,
					Permissions.READ, Permissions.DELETE),
			new Grant(Role.PLATFORM_ADMIN, Resources.PROCESS_DEFINITION, Authorization.ANY, Permissions.READ,
					Permissions.UPDATE, Permissions.DELETE, ProcessDefinitionPermissions.SUSPEND),
			new Grant(Role.PLATFORM_ADMIN, Resources.DECISION_DEFINITION, Authorization.ANY, Permissions.READ,
					Permissions.UPDATE),
			new Grant(Role.PLATFORM_ADMIN, Resources.DECISION_REQUIREMENTS_DEFINITION, Authorization.ANY,
					Permissions.READ),
			new Grant(Role.PLATFORM_ADMIN, Resources.FILTER, Authorization.ANY, Permissions.CREATE, Permissions.READ,
					Permissions.UPDATE, Permissions.DELETE),
			new Grant(Role.MODELER, Resources.DEPLOYMENT, Authorization.ANY, Permissions.CREATE, Permissions.READ),
			new Grant(Role.MODELER, Resources.PROCESS_DEFINITION, Authorization.ANY, Permissions.READ),
			new Grant(Role.MODELER, Resources.DECISION_DEFINITION, Authorization.ANY, Permissions.READ),
			new Grant(Role.COMPLIANCE, Resources.PROCESS_DEFINITION, Authorization.ANY, Permissions.READ,
					Permissions.READ_INSTANCE, Permissions.READ_HISTORY),
			new Grant(Role.COMPLIANCE, Resources.DECISION_DEFINITION, Authorization.ANY, Permissions.READ,
					Permissions.READ_HISTORY),
			new Grant(Role.COMPLIANCE, Resources.OPERATION_LOG_CATEGORY, Authorization.ANY,
					UserOperationLogCategoryPermissions.READ),
			new Grant(Role.OPERATOR, Resources.PROCESS_DEFINITION, Authorization.ANY, Permissions.READ,
					Permissions.READ_INSTANCE, Permissions.READ_HISTORY, ProcessDefinitionPermissions.RETRY_JOB,
					ProcessDefinitionPermissions.SUSPEND_INSTANCE));

	private final AuthorizationService authorizations;

	private final FilterService filters;

	private final TaskService tasks;

	private final TransactionTemplate transaction;

	private final AdvisoryLocks locks;

	EngineGrants(AuthorizationService authorizations, FilterService filters, TaskService tasks,
			TransactionTemplate transaction, AdvisoryLocks locks) {
		this.authorizations = authorizations;
		this.filters = filters;
		this.tasks = tasks;
		this.transaction = transaction;
		this.locks = locks;
	}

	/**
	 * Runs on one node at a time; two nodes would both find the same permissions missing.
	 */
	@EventListener
	public void on(ApplicationStartedEvent started) {
		this.transaction.executeWithoutResult((status) -> {
			this.locks.lock(AdvisoryLock.ENGINE_GRANTS);
			ALL.forEach(this::grant);
			filter("Content to review", "reviewer", Role.REVIEWER);
			filter("Overdue reviews", "operator", Role.OPERATOR);
			filter("Content to review", "reviewer", Role.ADMIN);
			filter("Overdue reviews", "operator", Role.ADMIN);
		});
	}

	private void grant(Grant grant) {
		String group = EngineGroups.of(grant.role());
		Authorization authorization = this.authorizations.createAuthorizationQuery()
			.authorizationType(Authorization.AUTH_TYPE_GRANT)
			.groupIdIn(group)
			.resourceType(grant.resource())
			.resourceId(grant.id())
			.singleResult();
		if (authorization == null) {
			authorization = this.authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
			authorization.setGroupId(group);
			authorization.setResource(grant.resource());
			authorization.setResourceId(grant.id());
		}
		if (!Stream.of(grant.permissions()).allMatch(authorization::isPermissionGranted)) {
			Stream.of(grant.permissions()).forEach(authorization::addPermission);
			this.authorizations.saveAuthorization(authorization);
		}
	}

	/** A filter by group needs no expression, so expressions can stay off. */
	private void filter(String name, String candidateGroup, Role role) {
		Filter existing = this.filters.createFilterQuery().filterName(name).singleResult();
		if (existing == null) {
			Filter filter = this.filters.newTaskFilter(name);
			filter.setQuery(this.tasks.createTaskQuery().taskCandidateGroup(candidateGroup).includeAssignedTasks());
			filter.setProperties(Map.of("priority", 0, "refresh", true, "showUndefinedVariable", false));
			existing = this.filters.saveFilter(filter);
		}
		grant(new Grant(role, Resources.FILTER, existing.getId(), Permissions.READ));
	}

	/**
	 * One permission of a group.
	 */
	private record Grant(Role role, Resource resource, String id, Permission[] permissions) {

		Grant(Role role, Resource resource, String id, Permission permission, Permission... more) {
			this(role, resource, id, join(permission, more));
		}

		private static Permission[] join(Permission first, Permission[] more) {
			Permission[] all = new Permission[more.length + 1];
			all[0] = first;
			System.arraycopy(more, 0, all, 1, more.length);
			return all;
		}

	}

}
