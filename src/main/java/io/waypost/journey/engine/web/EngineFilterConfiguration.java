package io.waypost.journey.engine.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.journey.engine.identity.CallerAuthenticationProvider;
import io.waypost.journey.engine.tenant.TenantModels;
import jakarta.servlet.Filter;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Filters in front of the engine's REST API and web applications. They run after Spring
 * Security (order -100) and before the filters of the web applications.
 */
@Configuration(proxyBeanMethods = false)
class EngineFilterConfiguration {

	static final String REST = "/engine-rest/*";

	static final String WEBAPP_API = "/camunda/api/*";

	private static final String WEBAPP_PAGES = "/camunda/app/*";

	private static final int OUTAGE = 5;

	private static final int INSPECTION = 10;

	private static final int FOREIGN_ROWS = 13;

	private static final int OWN_MODELS = 15;

	private static final int SIGN_IN = 20;

	private static final int TURN = 30;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/**
	 * Refuses expressions in queries and foreign variables before the engine reads them.
	 */
	@Bean
	FilterRegistrationBean<EngineRequestFilter> engineRequestFilter(ObjectMapper mapper) {
		return registration(new EngineRequestFilter(mapper), INSPECTION, REST, WEBAPP_API);
	}

	/** Protects the jobs of the engine itself. */
	@Bean
	FilterRegistrationBean<SystemJobFilter> systemJobFilter(ObjectProvider<ManagementService> management,
			ObjectMapper mapper) {
		return registration(new SystemJobFilter(management, mapper), INSPECTION, REST, WEBAPP_API);
	}

	/** Hides the rows of other tenants. */
	@Bean
	FilterRegistrationBean<ForeignRowFilter> foreignRowFilter(JdbcClient jdbc, ObjectMapper mapper) {
		return registration(new ForeignRowFilter(jdbc, mapper), FOREIGN_ROWS, REST, WEBAPP_API);
	}

	/** Keeps waiting deployments and starts away from the database. */
	@Bean
	FilterRegistrationBean<EngineTurnFilter> engineTurnFilter(ObjectMapper mapper) {
		return registration(new EngineTurnFilter(PATIENCE, mapper), TURN, REST, WEBAPP_API);
	}

	/** Prefers the models of the caller's tenant to the shared ones. */
	@Bean
	FilterRegistrationBean<OwnModelFilter> ownModelFilter(TenantModels models) {
		return registration(new OwnModelFilter(models), OWN_MODELS, REST, WEBAPP_API);
	}

	/** Answers a database outage like all other requests. */
	@Bean
	FilterRegistrationBean<EngineOutageFilter> engineOutageFilter(ObjectMapper mapper) {
		return registration(new EngineOutageFilter(mapper), OUTAGE, REST, WEBAPP_API);
	}

	/** Passes the caller on; without it the REST API would allow everything. */
	@Bean
	FilterRegistrationBean<ProcessEngineAuthenticationFilter> engineRestSignIn() {
		return signIn(new ProcessEngineAuthenticationFilter(), REST);
	}

	/** Signs users of the console in to Tasklist and Cockpit. */
	@Bean
	FilterRegistrationBean<ContainerBasedAuthenticationFilter> engineWebappSignIn() {
		return signIn(new ContainerBasedAuthenticationFilter(), WEBAPP_API, WEBAPP_PAGES);
	}

	private static <F extends Filter> FilterRegistrationBean<F> signIn(F filter, String... patterns) {
		FilterRegistrationBean<F> registration = registration(filter, SIGN_IN, patterns);
		registration.setInitParameters(Map.of("authentication-provider", CallerAuthenticationProvider.class.getName()));
		return registration;
	}

	private static <F extends Filter> FilterRegistrationBean<F> registration(F filter, int order, String... patterns) {
		FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
		registration.setUrlPatterns(List.of(patterns));
		registration.setOrder(order);
		return registration;
	}

}
