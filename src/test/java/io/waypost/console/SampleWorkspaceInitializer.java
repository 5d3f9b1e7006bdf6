package io.waypost.console;

import io.waypost.testing.TestDatabase;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the product with the sample workspace, on a separate database and with fewer
 * profiles.
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
