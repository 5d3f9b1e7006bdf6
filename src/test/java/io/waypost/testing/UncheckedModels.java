package io.waypost.testing;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.waypost.journey.engine.deploy.DeploymentCheck;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;

import org.springframework.test.util.ReflectionTestUtils;

/** Deploys models without the journey checker, to test what holds without it. */
public final class UncheckedModels {

	private UncheckedModels() {
	}

	/**
	 * Runs work while the engine deploys without the checker.
	 * @param engine the engine
	 * @param work the work
	 * @return its result
	 */
	public static <T> T deploy(ProcessEngine engine, Supplier<T> work) {
		ProcessEngineConfigurationImpl configuration = (ProcessEngineConfigurationImpl) engine
			.getProcessEngineConfiguration();
		Object cache = Objects
			.requireNonNull(ReflectionTestUtils.getField(configuration.getDeploymentCache(), "cacheDeployer"));
		List<Deployer> all = configuration.getDeployers();
		ReflectionTestUtils.setField(cache, "deployers",
				all.stream().filter((deployer) -> !(deployer instanceof DeploymentCheck)).toList());
		try {
			return work.get();
		}
		finally {
			ReflectionTestUtils.setField(cache, "deployers", all);
		}
	}

}
