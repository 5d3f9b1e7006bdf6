package io.waypost.testing;

import java.util.EnumSet;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.Source;
import io.waypost.access.User;
import io.waypost.access.user.AccountProvisioner;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** What the one shared context is made of. */
class WaypostTestSetting implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/** Test classes run in two JVMs side by side, each with files of its own. */
	static final String DATA = "target/test-data-" + System.getProperty("test.fork", "1");

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues
			.of("spring.flyway.url=" + TestDatabase.emptyDatabaseUrl("waypost_context"),
					"spring.datasource.url=" + TestDatabase.applicationUrl("waypost_context"), "waypost.sample=false",
					"waypost.data-dir=" + DATA, "waypost.admin.password=" + TestTenant.PASSWORD,
					"waypost.access.metrics-token=" + TestTenant.METRICS_TOKEN, "server.address=127.0.0.1",
					"waypost.content.test-addresses=qa@hearth.example",
					// Whoever waits for what polls once a second would wait for half of
					// it each time
					"waypost.audience.projection-interval=100ms", "waypost.campaign.check-interval=100ms",
					"camunda.bpm.job-execution.max-wait=200")
			.and(TestIdentityProvider.properties())
			.and(TestSamlProvider.properties())
			.applyTo(context);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		@Primary
		MutableClock testClock() {
			return MutableClock.ticking();
		}

		@Bean
		@Primary
		ScriptedModels scriptedModels() {
			return new ScriptedModels();
		}

		/** Opens the accounts before the first request is taken. */
		@Bean
		SmartInitializingSingleton testAccounts(AccountProvisioner accounts) {
			return () -> {
				accounts.createTenant(TestTenant.ID);
				accounts.createSource(new Source(TestTenant.ID, "test"), TestTenant.WRITE_KEY);
				accounts.createApiToken(new Caller(TestTenant.ID, "test-token", EnumSet.allOf(Role.class)), "test-all",
						TestTenant.TOKEN);
				accounts.createApiToken(new Caller(TestTenant.ID, TestTenant.COLLEAGUE, EnumSet.allOf(Role.class)),
						TestTenant.COLLEAGUE, TestTenant.COLLEAGUE);
				for (Role role : Role.values()) {
					accounts.createUser(new User(TestTenant.ID, TestTenant.user(role), EnumSet.of(role)),
							TestTenant.PASSWORD);
					accounts.createApiToken(new Caller(TestTenant.ID, TestTenant.token(role), EnumSet.of(role)),
							TestTenant.user(role), TestTenant.token(role));
				}
			};
		}

	}

}
