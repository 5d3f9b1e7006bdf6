package io.waypost.database.embedded;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitializationDetector;

/**
 * Makes the process engine wait for Flyway: it creates its own tables in {@code public},
 * which Flyway must still find empty on the first start.
 */
class EngineDependsOnMigrationsDetector implements DependsOnDatabaseInitializationDetector {

	@Override
	public Set<String> detect(ConfigurableListableBeanFactory beanFactory) {
		return Stream.of("processEngineConfigurationImpl", "processEngineFactoryBean")
			.filter(beanFactory::containsBeanDefinition)
			.collect(Collectors.toSet());
	}

}
