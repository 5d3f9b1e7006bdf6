package io.waypost.journey.engine;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import org.apache.ibatis.builder.xml.XMLConfigBuilder;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ReflectUtil;

import org.springframework.boot.BootstrapRegistry;
import org.springframework.boot.BootstrapRegistryInitializer;

/**
 * The engine's SQL statements, read in a thread of their own from the moment the
 * application starts. Reading 40 mapping files takes longer than any other step of the
 * start and needs neither the database nor a bean, so it runs in parallel with the
 * preparation of the context. {@link EngineMappingsPlugin} hands the result to the
 * engine.
 */
final class EngineMappings {

	static final String DATABASE = "postgres";

	private final FutureTask<Configuration> reading;

	private EngineMappings(Callable<Configuration> reader) {
		this.reading = new FutureTask<>(reader);
		Thread.ofPlatform().name("engine-mappings").daemon().start(this.reading);
	}

	/** Waits until the statements are read. */
	Configuration get() {
		try {
			return this.reading.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while the engine's SQL statements were read", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("The engine's SQL statements could not be read", ex.getCause());
		}
	}

	/**
	 * The same steps as the engine's own {@code initSqlSessionFactory}, for PostgreSQL
	 * and tables without a prefix.
	 */
	private static Configuration read() throws Exception {
		Properties properties = new Properties();
		properties.put("prefix", "");
		ProcessEngineConfigurationImpl.initSqlSessionFactoryProperties(properties, "", DATABASE);
		try (Reader mappings = new InputStreamReader(
				ReflectUtil.getResourceAsStream(ProcessEngineConfigurationImpl.DEFAULT_MYBATIS_MAPPING_FILE),
				StandardCharsets.UTF_8)) {
			Configuration configuration = new XMLConfigBuilder(mappings, "", properties).parse();
			configuration.setDefaultExecutorType(ExecutorType.BATCH);
			return configuration;
		}
	}

	/** Starts the reading and makes the result a bean. */
	static final class Preloader implements BootstrapRegistryInitializer {

		@Override
		public void initialize(BootstrapRegistry registry) {
			EngineMappings mappings = new EngineMappings(EngineMappings::read);
			registry.addCloseListener((event) -> event.getApplicationContext()
				.getBeanFactory()
				.registerSingleton(EngineMappings.class.getName(), mappings));
		}

	}

}
