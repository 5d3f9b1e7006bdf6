package io.waypost.database.embedded;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitializationDetector;

/**
 * Makes the process engine start after Flyway. The engine creates its tables in the
 * schema {@code public}, which must be empty when Flyway runs for the first time.
 */
class EngineDependsOnMigrationsDetector implements DependsOnDatabaseInitializationDetector {

	@Override
	public Set<String> detect(ConfigurableListableBeanFactory beanFactory) {
		return Stream.of("processEngineConfigurationImpl", "processEngineFactoryBean")
			.filter(beanFactory::containsBeanDefinition)
			.collect(Collectors.toSet());
	}

}
