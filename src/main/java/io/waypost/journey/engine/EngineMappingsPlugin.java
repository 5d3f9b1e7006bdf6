package io.waypost.journey.engine;

import io.waypost.database.ServedRegion;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.defaults.DefaultSqlSessionFactory;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Gives the engine the SQL statements that were read at the start. Runs after the plugin
 * that sets the data source. An engine that is configured for other statements reads them
 * itself.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class EngineMappingsPlugin extends AbstractProcessEnginePlugin {

	private final EngineMappings mappings;

	private final ServedRegion region;

	EngineMappingsPlugin(EngineMappings mappings, ServedRegion region) {
		this.mappings = mappings;
		this.region = region;
	}

	@Override
	public void preInit(ProcessEngineConfigurationImpl engine) {
		if (!areStandard(engine)) {
			return;
		}
		Configuration configuration = this.mappings.get();
		configuration
			.setEnvironment(new Environment("default", new ManagedTransactionFactory(), engine.getDataSource()));
		configuration.setDefaultStatementTimeout(engine.getJdbcStatementTimeout());
		configuration.addInterceptor(new RegionalJobs(this.region));
		engine.setSqlSessionFactory(new DefaultSqlSessionFactory(configuration));
	}

	private static boolean areStandard(ProcessEngineConfigurationImpl engine) {
		return engine.isTransactionsExternallyManaged() && engine.isJdbcBatchProcessing()
				&& engine.getDatabaseTablePrefix().isEmpty()
				&& (engine.getDatabaseType() == null || EngineMappings.DATABASE.equals(engine.getDatabaseType()));
	}

}
