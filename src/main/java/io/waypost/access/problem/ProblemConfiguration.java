package io.waypost.access.problem;

import java.util.List;

import io.waypost.access.signin.SecurityProblemHandler;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Problem details for errors that no controller and no filter answers. */
@Configuration(proxyBeanMethods = false)
class ProblemConfiguration implements WebMvcConfigurer {

	@Override
	public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
		configurer.strategies(List.of(new LenientAcceptHeader()));
	}

	@Bean
	FilterRegistrationBean<ProblemErrorFilter> problemErrorFilter(SecurityProblemHandler problems) {
		FilterRegistrationBean<ProblemErrorFilter> registration = new FilterRegistrationBean<>(
				new ProblemErrorFilter(problems));
		registration.setDispatcherTypes(DispatcherType.ERROR);
		registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 11);
		return registration;
	}

	/** The page of errors is no page of its own. */
	@Bean
	FilterRegistrationBean<Filter> errorPathFilter() {
		FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response,
				chain) -> ((HttpServletResponse) response).sendError(HttpServletResponse.SC_NOT_FOUND));
		registration.addUrlPatterns("/error");
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 11);
		return registration;
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReportValve() {
		return (tomcat) -> tomcat
			.addContextCustomizers((context) -> context.getParent().getPipeline().addValve(new ProblemReportValve()));
	}

}
