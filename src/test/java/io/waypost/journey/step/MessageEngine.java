package io.waypost.journey.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.testing.TestDatabase;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.engine.task.Task;
import org.mockito.Mockito;

import org.springframework.beans.TypeConverter;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A real engine with the models of this repository and the real steps of this module.
 * Jobs run only when a test runs them. The steps use the given agents; their other
 * dependencies are mocks.
 */
final class MessageEngine implements AutoCloseable {

	static final String PROCESS = "personalised-message";

	static final String TENANT = "t-chain";

	private final HikariDataSource database = new HikariDataSource();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
			new MockingBeanFactory());

	private final ProcessEngine engine;

	/**
	 * Starts an engine with its own database.
	 * @param name name of the database
	 * @param agents beans that replace those of the product
	 */
	MessageEngine(String name, Map<Class<?>, Object> agents) {
		this.database.setJdbcUrl(TestDatabase.emptyDatabaseUrl(name));
		this.database.setMaximumPoolSize(2);
		this.database.setConnectionInitSql("set synchronous_commit = off");
		PlatformTransactionManager transactions = new JdbcTransactionManager(this.database);
		scan(agents, transactions);
		this.engine = start(transactions);
	}

	/** Registers all steps of the module; each is created on first use by a model. */
	private void scan(Map<Class<?>, Object> agents, PlatformTransactionManager transactions) {
		ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(this.context);
		scanner.setBeanDefinitionDefaults(lazy(scanner));
		scanner.addExcludeFilter(new AssignableTypeFilter(SmartLifecycle.class));
		scanner.addExcludeFilter(
				new RegexPatternTypeFilter(java.util.regex.Pattern.compile(".*\\.journey\\.engine\\..*")));
		scanner.scan("io.waypost.journey");
		this.context.getBeanFactory().registerSingleton("transactionManager", transactions);
		this.context.getBeanFactory().registerSingleton("meterRegistry", new SimpleMeterRegistry());
		this.context.getBeanFactory().registerSingleton("clock", Clock.systemUTC());
		agents.forEach((type, agent) -> {
			for (String bean : this.context.getBeanFactory().getBeanNamesForType(type, true, false)) {
				this.context.removeBeanDefinition(bean);
			}
			this.context.getBeanFactory().registerSingleton(type.getName(), agent);
		});
		this.context.refresh();
	}

	private static org.springframework.beans.factory.support.BeanDefinitionDefaults lazy(
			ClassPathBeanDefinitionScanner scanner) {
		var defaults = scanner.getBeanDefinitionDefaults();
		defaults.setLazyInit(true);
		return defaults;
	}

	private ProcessEngine start(PlatformTransactionManager transactions) {
		SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
		configuration.setProcessEngineName(PROCESS);
		configuration.setDataSource(this.database);
		configuration.setTransactionManager(transactions);
		configuration.setApplicationContext(this.context);
		configuration.setExpressionManager(new SpringExpressionManager(this.context, null));
		configuration.setDatabaseSchemaUpdate("create");
		configuration.setHistory("none");
		configuration.setJobExecutorActivate(false);
		configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
		ProcessEngine built = configuration.buildProcessEngine();
		DeploymentBuilder deployment = built.getRepositoryService().createDeployment().name("waypost").tenantId(TENANT);
		for (String folder : List.of("processes", "forms")) {
			files(folder).forEach((file) -> deployment.addString(file.getFileName().toString(), text(file)));
		}
		deployment.deploy();
		return built;
	}

	/** Starts a message; returns when it has ended or waits. */
	void request(Map<String, Object> variables) {
		this.engine.getRuntimeService().startProcessInstanceByKey(PROCESS, variables);
	}

	/** Completes the task of a reviewer and applies the decision. */
	void complete() {
		Task task = this.engine.getTaskService().createTaskQuery().singleResult();
		this.engine.getTaskService().complete(task.getId());
		run(this.engine.getManagementService().createJobQuery().messages().singleResult());
	}

	/** Runs the last timer of the review, its expiry. */
	void expire() {
		run(this.engine.getManagementService().createJobQuery().timers().orderByJobDuedate().desc().list().getFirst());
	}

	private void run(Job job) {
		this.engine.getManagementService().executeJob(job.getId());
	}

	/** Deletes the process instances that still wait. */
	void clear() {
		this.engine.getRuntimeService()
			.createProcessInstanceQuery()
			.rootProcessInstances()
			.list()
			.forEach((run) -> this.engine.getRuntimeService().deleteProcessInstance(run.getId(), "test ended"));
	}

	@Override
	public void close() {
		this.engine.close();
		this.context.close();
		this.database.close();
	}

	private static List<Path> files(String folder) {
		try (Stream<Path> files = Files.list(Path.of(folder))) {
			return files.sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Mocks dependencies of steps that have no bean. */
	private static final class MockingBeanFactory extends DefaultListableBeanFactory {

		@Override
		public Object resolveDependency(DependencyDescriptor descriptor, String requester, Set<String> autowired,
				TypeConverter converter) {
			try {
				return super.resolveDependency(descriptor, requester, autowired, converter);
			}
			catch (NoSuchBeanDefinitionException missing) {
				return Mockito.mock(descriptor.getDependencyType());
			}
		}

	}

}
