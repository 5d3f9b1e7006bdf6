package io.waypost.policy;

import java.io.InputStream;
import java.util.List;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The tables of the process engine. The engine is looked up late: it needs the delegates,
 * which need the agents, which need decisions.
 */
@Component
class EngineTables implements TableSource {

	private static final int MOST_TABLES = 1000;

	private final ObjectProvider<ProcessEngine> engine;

	EngineTables(ObjectProvider<ProcessEngine> engine) {
		this.engine = engine;
	}

	@Override
	public List<DeployedTable> newest() {
		return repository().createDecisionDefinitionQuery()
			.withoutTenantId()
			.latestVersion()
			.orderByDecisionDefinitionKey()
			.asc()
			.listPage(0, MOST_TABLES)
			.stream()
			.map(EngineTables::table)
			.toList();
	}

	@Override
	public InputStream model(DeployedTable table) {
		return repository().getDecisionModel(table.definitionId());
	}

	private RepositoryService repository() {
		return this.engine.getObject().getRepositoryService();
	}

	private static DeployedTable table(DecisionDefinition definition) {
		return new DeployedTable(definition.getKey(), definition.getName(), definition.getVersion(),
				definition.getVersionTag(), definition.getId());
	}

}
