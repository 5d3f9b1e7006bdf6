package io.waypost.access.signin;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the check of rights in front of all controllers. */
@Configuration(proxyBeanMethods = false)
class AccessRightConfiguration implements WebMvcConfigurer {

	private final EndpointRights rights;

	AccessRightConfiguration(EndpointRights rights) {
		this.rights = rights;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new AccessRightInterceptor(this.rights));
	}

}
