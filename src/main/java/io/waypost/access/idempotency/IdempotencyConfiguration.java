package io.waypost.access.idempotency;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Honours Idempotency-Key on every POST of the management API. */
@Configuration(proxyBeanMethods = false)
class IdempotencyConfiguration implements WebMvcConfigurer {

	private static final String MANAGEMENT = "/api/v1/";

	private final ObjectProvider<IdempotentRequests> requests;

	IdempotencyConfiguration(ObjectProvider<IdempotentRequests> requests) {
		this.requests = requests;
	}

	/** Runs before the checks of the body, so that a body is compared first. */
	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new IdempotencyInterceptor(this.requests::getObject))
			.addPathPatterns(MANAGEMENT + "**")
			.order(Ordered.LOWEST_PRECEDENCE - 2);
	}

	/** The filters are created before the database is ready, so the bean comes later. */
	@Bean
	static FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(ObjectProvider<IdempotentRequests> requests) {
		FilterRegistrationBean<IdempotencyFilter> registration = new FilterRegistrationBean<>(
				new IdempotencyFilter(requests::getObject));
		registration.addUrlPatterns(MANAGEMENT + "*");
		registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 10);
		return registration;
	}

}
