package io.waypost.access.limit;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Counts requests in memory or, when it is configured, in Redis. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RateLimitSettings.class)
class RateLimitConfiguration implements WebMvcConfigurer {

	private final ObjectProvider<RequestLimiter> limiter;

	private final RateLimitSettings settings;

	RateLimitConfiguration(ObjectProvider<RequestLimiter> limiter, RateLimitSettings settings) {
		this.limiter = limiter;
		this.settings = settings;
	}

	/** Runs before the check of rights, so that refused requests count too. */
	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry
			.addInterceptor(
					new ApiRateLimitInterceptor(this.limiter.getObject(), this.settings.callerRequestsPerSecond()))
			.addPathPatterns("/api/v1/**", "/scim/**")
			.order(Ordered.HIGHEST_PRECEDENCE);
	}

	@Bean
	static RateLimiter rateLimiter(RateLimitSettings settings) {
		RateLimiter local = new LocalRateLimiter();
		return (settings.redisUrl() != null) ? new RedisRateLimiter(settings.redisUrl(), local) : local;
	}

}
