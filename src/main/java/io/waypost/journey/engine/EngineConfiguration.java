package io.waypost.journey.engine;

import java.util.List;

import io.waypost.database.TenantScope;
import io.waypost.journey.engine.deploy.BundledModels;
import io.waypost.journey.engine.deploy.DeploymentCheck;
import io.waypost.journey.engine.deploy.DeploymentRecorder;
import io.waypost.journey.engine.identity.EngineIdentityProviderFactory;
import io.waypost.journey.engine.start.StartVariablesListener;
import io.waypost.journey.engine.start.StartWaits;
import io.waypost.journey.engine.tenant.EngineTenancy;
import io.waypost.kernel.FastTime;
import io.waypost.kernel.IdGenerator;
import io.waypost.policy.FeelOnlyConfiguration;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.spring.boot.starter.configuration.CamundaDeploymentConfiguration;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;

import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;

/** Configures the engine where it differs from the starter's defaults. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

	private static final int SHUTDOWN_SECONDS = 20;

	@Bean
	static CamundaDeploymentConfiguration bundledModels() {
		return new BundledModels();
	}

	@Bean
	org.camunda.bpm.engine.impl.cfg.IdGenerator engineIdGenerator(IdGenerator ids) {
		return new TimeOrderedEngineIds(ids);
	}

	/**
	 * Threads of the job executor. Running jobs finish before the database stops; queued
	 * jobs are unlocked, so that another node takes them.
	 */
	@Bean
	static ThreadPoolTaskExecutor camundaTaskExecutor(CamundaBpmProperties properties) {
		JobExecutionProperty jobs = properties.getJobExecution();
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadNamePrefix("journey-job-");
		executor.setCorePoolSize(jobs.getCorePoolSize());
		executor.setMaxPoolSize(jobs.getMaxPoolSize());
		executor.setQueueCapacity(jobs.getQueueCapacity());
		executor.setAcceptTasksAfterContextClose(true);
		executor.setWaitForTasksToCompleteOnShutdown(true);
		executor.setAwaitTerminationSeconds(SHUTDOWN_SECONDS);
		executor.setTaskDecorator((job) -> () -> TenantScope.runAll(job));
		return executor;
	}

	/**
	 * Only the named steps are visible to models, and only a reduced history is stored.
	 */
	@Component
	@Order(0)
	static class WaypostEngine extends AbstractProcessEnginePlugin {

		private final ApplicationContext context;

		private final DeploymentCheck deploymentCheck;

		private final DeploymentRecorder deploymentRecorder;

		private final EngineIdentityProviderFactory identityProvider;

		private final EngineTenancy tenancy;

		private final JobAcquisition acquisition;

		private final FastTime fastTime;

		WaypostEngine(ApplicationContext context, DeploymentCheck deploymentCheck,
				DeploymentRecorder deploymentRecorder, EngineIdentityProviderFactory identityProvider,
				EngineTenancy tenancy, JobAcquisition acquisition, FastTime fastTime) {
			this.context = context;
			this.deploymentCheck = deploymentCheck;
			this.deploymentRecorder = deploymentRecorder;
			this.identityProvider = identityProvider;
			this.tenancy = tenancy;
			this.acquisition = acquisition;
			this.fastTime = fastTime;
		}

		@Override
		public void preInit(ProcessEngineConfigurationImpl engine) {
			EngineBeans beans = new EngineBeans(this.context);
			engine.setBeans(beans);
			engine.setExpressionManager(new SpringExpressionManager(this.context, beans));
			NoScripts.configure(engine);
			engine.setDmnEngineConfiguration(FeelOnlyConfiguration.create());
			engine.setDmnElProvider(FeelOnlyConfiguration::refuse);
			engine.setHistoryEventHandler(new ReducedHistoryEventHandler());
			engine.setIdentityProviderSessionFactory(this.identityProvider);
			engine.setCustomPreCommandInterceptorsTxRequired(List.of(new OutageInterceptor()));
			engine.setCustomPreCommandInterceptorsTxRequiresNew(List.of(new OutageInterceptor()));
			engine.getCustomPreDeployers().add(this.deploymentCheck);
			engine.getCustomPostDeployers().add(this.deploymentRecorder);
			engine.getCustomPostBPMNParseListeners()
				.addAll(List.of(new RunEndParseListener(engine.getExpressionManager()), new StartWaits(this.fastTime),
						new StartVariablesListener(engine.getExpressionManager(),
								List.of(EngineBeans.RUN_START_CHECK, EngineBeans.CHUNK_START_CHECK)),
						new StepLimitListener()));
			this.tenancy.configure(engine);
		}

		@Override
		public void postProcessEngineBuild(ProcessEngine engine) {
			NoScripts.verify((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration());
		}

		/** The starter's own plugin would replace what is set before. */
		@Override
		public void postInit(ProcessEngineConfigurationImpl engine) {
			engine.setFailedJobCommandFactory(new RootCauseRetry());
			this.acquisition.observe(engine.getJobExecutor());
		}

	}

	/** Stops the job executor before anything that jobs need. */
	@Component
	static class JobExecutorStop implements SmartLifecycle {

		private final JobExecutor executor;

		private volatile boolean running;

		JobExecutorStop(JobExecutor executor) {
			this.executor = executor;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.executor.shutdown();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return Integer.MAX_VALUE;
		}

	}

}
