package io.waypost.journey.engine.tenant;

import io.waypost.journey.engine.identity.EngineCaller;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.history.HistoricDecisionInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.batch.BatchEntity;
import org.camunda.bpm.engine.impl.batch.history.HistoricBatchEntity;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantCommandChecker;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.HistoricTaskInstanceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.HistoricVariableInstanceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Refuses changes of rows without a tenant, which all tenants share, except by an
 * administrator of the installation. The engine itself treats such rows as if they
 * belonged to every tenant. Commands that change the rows of all tenants that use a
 * shared model are refused for the same reason.
 */
final class SharedRowChecker extends TenantCommandChecker {

	@Override
	public void checkUpdateProcessDefinitionById(String id) {
		super.checkUpdateProcessDefinitionById(id);
		requireOwnDefinition(id);
	}

	@Override
	public void checkUpdateProcessDefinitionSuspensionStateById(String id) {
		super.checkUpdateProcessDefinitionSuspensionStateById(id);
		requireOwnDefinition(id);
	}

	@Override
	public void checkUpdateProcessDefinitionByKey(String key) {
		requireOneTenant("process definition", key);
	}

	@Override
	public void checkUpdateProcessDefinitionSuspensionStateByKey(String key) {
		requireOneTenant("process definition", key);
	}

	@Override
	public void checkDeleteProcessDefinitionById(String id) {
		super.checkDeleteProcessDefinitionById(id);
		requireOwnDefinition(id);
	}

	@Override
	public void checkDeleteProcessDefinitionByKey(String key) {
		requireOneTenant("process definition", key);
	}

	@Override
	public void checkUpdateProcessInstanceByProcessDefinitionId(String id) {
		super.checkUpdateProcessInstanceByProcessDefinitionId(id);
		requireOwnDefinition(id);
	}

	@Override
	public void checkUpdateRetriesProcessInstanceByProcessDefinitionId(String id) {
		super.checkUpdateRetriesProcessInstanceByProcessDefinitionId(id);
		requireOwnDefinition(id);
	}

	@Override
	public void checkUpdateProcessInstanceSuspensionStateByProcessDefinitionId(String id) {
		super.checkUpdateProcessInstanceSuspensionStateByProcessDefinitionId(id);
		requireOwnDefinition(id);
	}

	@Override
	public void checkUpdateProcessInstanceByProcessDefinitionKey(String key) {
		requireOneTenant("process definition", key);
	}

	@Override
	public void checkUpdateProcessInstanceSuspensionStateByProcessDefinitionKey(String key) {
		requireOneTenant("process definition", key);
	}

	@Override
	public void checkUpdateProcessInstance(ExecutionEntity execution) {
		super.checkUpdateProcessInstance(execution);
		requireOwn("process instance", execution.getProcessInstanceId(), execution.getTenantId());
	}

	@Override
	public void checkUpdateProcessInstanceVariables(ExecutionEntity execution) {
		super.checkUpdateProcessInstanceVariables(execution);
		requireOwn("process instance", execution.getProcessInstanceId(), execution.getTenantId());
	}

	@Override
	public void checkDeleteProcessInstance(ExecutionEntity execution) {
		super.checkDeleteProcessInstance(execution);
		requireOwn("process instance", execution.getProcessInstanceId(), execution.getTenantId());
	}

	@Override
	public void checkUpdateJob(JobEntity job) {
		super.checkUpdateJob(job);
		requireOwn("job", job.getId(), job.getTenantId());
	}

	@Override
	public void checkUpdateRetriesJob(JobEntity job) {
		super.checkUpdateRetriesJob(job);
		requireOwn("job", job.getId(), job.getTenantId());
	}

	/** A batch changes rows by their ids, in jobs that act for no tenant. */
	@Override
	public void checkCreateBatch(Permission permission) {
		EngineCaller.current().ifPresent((caller) -> {
			throw new AuthorizationException(
					"Batch operations are not available; change the process instances one by one");
		});
	}

	@Override
	public void checkDeleteBatch(BatchEntity batch) {
		super.checkDeleteBatch(batch);
		requireOwn("batch", batch.getId(), batch.getTenantId());
	}

	@Override
	public void checkDeleteHistoricBatch(HistoricBatchEntity batch) {
		super.checkDeleteHistoricBatch(batch);
		requireOwn("batch", batch.getId(), batch.getTenantId());
	}

	@Override
	public void checkSuspendBatch(BatchEntity batch) {
		super.checkSuspendBatch(batch);
		requireOwn("batch", batch.getId(), batch.getTenantId());
	}

	@Override
	public void checkActivateBatch(BatchEntity batch) {
		super.checkActivateBatch(batch);
		requireOwn("batch", batch.getId(), batch.getTenantId());
	}

	@Override
	public void checkDeleteDeployment(String id) {
		super.checkDeleteDeployment(id);
		DeploymentEntity deployment = findDeploymentById(id);
		if (deployment != null) {
			requireOwn("deployment", id, deployment.getTenantId());
		}
	}

	@Override
	public void checkUpdateDecisionDefinitionById(String id) {
		super.checkUpdateDecisionDefinitionById(id);
		DecisionDefinition table = findLatestDecisionDefinitionById(id);
		if (table != null) {
			requireOwn("decision definition", id, table.getTenantId());
		}
	}

	@Override
	public void checkDeleteTask(TaskEntity task) {
		super.checkDeleteTask(task);
		requireOwn("task", task.getId(), task.getTenantId());
	}

	@Override
	public void checkTaskAssign(TaskEntity task) {
		super.checkTaskAssign(task);
		requireOwn("task", task.getId(), task.getTenantId());
	}

	@Override
	public void checkTaskWork(TaskEntity task) {
		super.checkTaskWork(task);
		requireOwn("task", task.getId(), task.getTenantId());
	}

	@Override
	public void checkUpdateTaskVariable(TaskEntity task) {
		super.checkUpdateTaskVariable(task);
		requireOwn("task", task.getId(), task.getTenantId());
	}

	@Override
	public void checkDeleteHistoricTaskInstance(HistoricTaskInstanceEntity task) {
		super.checkDeleteHistoricTaskInstance(task);
		if (task != null) {
			requireOwn("task", task.getId(), task.getTenantId());
		}
	}

	@Override
	public void checkDeleteHistoricProcessInstance(HistoricProcessInstance instance) {
		super.checkDeleteHistoricProcessInstance(instance);
		requireOwn("process instance", instance.getId(), instance.getTenantId());
	}

	@Override
	public void checkDeleteHistoricDecisionInstance(String definition) {
		super.checkDeleteHistoricDecisionInstance(definition);
		requireOneTenant("decision definition", definition);
	}

	@Override
	public void checkDeleteHistoricDecisionInstance(HistoricDecisionInstance instance) {
		super.checkDeleteHistoricDecisionInstance(instance);
		requireOwn("decision instance", instance.getId(), instance.getTenantId());
	}

	@Override
	public void checkDeleteHistoricVariableInstance(HistoricVariableInstanceEntity variable) {
		super.checkDeleteHistoricVariableInstance(variable);
		requireOwn("variable", variable.getId(), variable.getTenantId());
	}

	@Override
	public void checkDeleteUserOperationLog(UserOperationLogEntry entry) {
		super.checkDeleteUserOperationLog(entry);
		requireOwn("log entry", entry.getId(), entry.getTenantId());
	}

	@Override
	public void checkUpdateUserOperationLog(UserOperationLogEntry entry) {
		super.checkUpdateUserOperationLog(entry);
		requireOwn("log entry", entry.getId(), entry.getTenantId());
	}

	private void requireOwnDefinition(String id) {
		ProcessDefinitionEntity definition = findLatestProcessDefinitionById(id);
		if (definition != null) {
			requireOwn("process definition", id, definition.getTenantId());
		}
	}

	private static void requireOwn(String kind, String id, @Nullable String tenant) {
		if (tenant == null && isRestricted()) {
			throw new AuthorizationException(
					"The %s '%s' is shared by all tenants; only an administrator of the installation may change it"
						.formatted(kind, id));
		}
	}

	/** By a key, or by a shared model, a command changes the rows of all tenants. */
	private static void requireOneTenant(String kind, String name) {
		if (isRestricted()) {
			throw new AuthorizationException(
					"A change by the %s '%s' concerns all tenants; change the instances one by one".formatted(kind,
							name));
		}
	}

	private static boolean isRestricted() {
		return EngineCaller.current().filter((caller) -> !EngineCaller.isPlatformAdmin(caller)).isPresent();
	}

}
