package io.waypost.policy;

import java.io.InputStream;
import java.util.List;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The tables of the process engine. The engine is looked up late: it needs the delegates,
 * which need the agents, which need decisions.
 */
@Component
class EngineDecisionTableSource implements DecisionTableSource {

	private final ObjectProvider<ProcessEngine> engine;

	private final JdbcClient jdbc;

	EngineDecisionTableSource(ObjectProvider<ProcessEngine> engine, JdbcClient jdbc) {
		this.engine = engine;
		this.jdbc = jdbc;
	}

	/**
	 * Asked past the engine: inside one of its commands it answers a query that it has
	 * answered before from that command's cache, so a step that runs while a table is
	 * deployed would not see it, and everybody would get its old answer.
	 */
	@Override
	public List<DeployedDecisionTable> newest() {
		return this.jdbc.sql("""
				SELECT DISTINCT ON (key_) key_, name_, version_, version_tag_, id_ FROM act_re_decision_def
				WHERE tenant_id_ IS NULL ORDER BY key_, version_ DESC
				""")
			.query((row, number) -> new DeployedDecisionTable(row.getString("key_"), row.getString("name_"),
					row.getInt("version_"), row.getString("version_tag_"), row.getString("id_")))
			.list();
	}

	@Override
	public InputStream model(DeployedDecisionTable table) {
		return repository().getDecisionModel(table.definitionId());
	}

	private RepositoryService repository() {
		return this.engine.getObject().getRepositoryService();
	}

}
