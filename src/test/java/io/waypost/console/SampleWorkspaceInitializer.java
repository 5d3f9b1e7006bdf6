package io.waypost.console;

import io.waypost.testing.TestDatabase;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The product as a newcomer starts it, on a database of its own and with fewer people.
 */
class SampleWorkspaceInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues
			.of("spring.datasource.url=" + TestDatabase.emptyDatabaseUrl("waypost_sample"), "waypost.sample=true",
					"waypost.sample-people=120", "waypost.fast-time=true", "waypost.data-dir=target/sample-data",
					"server.address=127.0.0.1")
			.applyTo(context);
	}

}
