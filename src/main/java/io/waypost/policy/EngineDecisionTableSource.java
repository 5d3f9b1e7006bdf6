package io.waypost.policy;

import java.io.InputStream;
import java.util.List;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads decision tables from the process engine. The engine is looked up lazily, because
 * it needs the delegates, which need the agents, which need decisions.
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
	 * Reads the engine's table by SQL. Inside of a command the engine answers a repeated
	 * query from the command's cache, so a step that runs while a table is deployed would
	 * get the old version, and this node would cache it.
	 */
	@Override
	public List<DeployedDecisionTable> newest() {
		return this.jdbc.sql("""
				SELECT DISTINCT ON (tenant_id_, key_) tenant_id_, key_, name_, version_, version_tag_, id_
				FROM act_re_decision_def ORDER BY tenant_id_, key_, version_ DESC
				""")
			.query((row, number) -> new DeployedDecisionTable(row.getString("tenant_id_"), row.getString("key_"),
					row.getString("name_"), row.getInt("version_"), row.getString("version_tag_"),
					row.getString("id_")))
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
