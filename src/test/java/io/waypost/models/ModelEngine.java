package io.waypost.models;

import java.util.Map;

import io.waypost.testing.TestDatabase;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;

/**
 * A real engine with the models of this repository, whose jobs run when a test says so.
 */
final class ModelEngine {

	private ModelEngine() {
	}

	/**
	 * Starts one on a database of its own.
	 * @param name of the engine
	 * @param beans stand-ins for whatever the models name
	 */
	static ProcessEngine start(String name, Map<Object, Object> beans) {
		ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
		configuration.setProcessEngineName(name);
		configuration.setJdbcUrl(TestDatabase.emptyDatabaseUrl(name.replace('-', '_')));
		configuration.setJdbcDriver("org.postgresql.Driver");
		configuration.setDatabaseSchemaUpdate("create");
		configuration.setJobExecutorActivate(false);
		configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
		// The product keeps lists as JSON; here nobody reads them
		configuration.setJavaSerializationFormatEnabled(true);
		configuration.setBeans(beans);
		ProcessEngine engine = configuration.buildProcessEngine();
		DeploymentBuilder deployment = engine.getRepositoryService().createDeployment().name("waypost");
		ModelFiles.all()
			.forEach((file) -> deployment.addString(file.toString().replace('\\', '/'), ModelFiles.text(file)));
		deployment.deploy();
		return engine;
	}

	/** Ends whatever an earlier test left running. */
	static void clear(ProcessEngine engine) {
		engine.getRuntimeService()
			.createProcessInstanceQuery()
			.rootProcessInstances()
			.list()
			.forEach((run) -> engine.getRuntimeService().deleteProcessInstance(run.getId(), "next test"));
	}

}
