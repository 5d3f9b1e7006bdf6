package io.waypost.testing;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** What the one shared context is made of. */
class WaypostTestSetting implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues
			.of("spring.datasource.url=" + TestDatabase.emptyDatabaseUrl("waypost_context"), "waypost.sample=false",
					"waypost.data-dir=target/test-data", "waypost.admin.password=" + TestTenant.PASSWORD,
					"server.address=127.0.0.1")
			.applyTo(context);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		@Primary
		MutableClock testClock() {
			return MutableClock.ticking();
		}

	}

}
