package io.waypost.journey.engine.web;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.journey.engine.identity.CallerAuthenticationProvider;
import jakarta.servlet.Filter;
import org.camunda.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The engine's two doors, behind our own sign-in: its REST API and its web applications.
 * Filters run after Spring Security (order -100) and before the web applications' own.
 */
@Configuration(proxyBeanMethods = false)
class EngineFilterConfiguration {

	static final String REST = "/engine-rest/*";

	static final String WEBAPP_API = "/camunda/api/*";

	private static final String WEBAPP_PAGES = "/camunda/app/*";

	private static final int OUTAGE = 5;

	private static final int INSPECTION = 10;

	private static final int SIGN_IN = 20;

	/** Foreign code in queries and variables is refused before the engine sees it. */
	@Bean
	FilterRegistrationBean<EngineRequestFilter> engineRequestFilter(ObjectMapper mapper) {
		return registration(new EngineRequestFilter(mapper), INSPECTION, REST, WEBAPP_API);
	}

	/** While the database is away the engine's doors answer like all others. */
	@Bean
	FilterRegistrationBean<EngineOutageFilter> engineAwayFilter() {
		return registration(new EngineOutageFilter(), OUTAGE, REST, WEBAPP_API);
	}

	/** Without it the REST API would not know who asks, and allow everything. */
	@Bean
	FilterRegistrationBean<ProcessEngineAuthenticationFilter> engineRestSignIn() {
		return signIn(new ProcessEngineAuthenticationFilter(), REST);
	}

	/** Who is signed in to the console is signed in to Tasklist and Cockpit. */
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
