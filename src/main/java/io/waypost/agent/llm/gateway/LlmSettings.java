package io.waypost.agent.llm.gateway;

import java.time.Duration;
import java.util.List;

import io.waypost.agent.llm.provider.ModelProviderSettings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Language models. Without providers, content is written by rules.
 *
 * @param providers entries of {@code waypost.llm.providers[n]} in the order of fallback
 * @param totalTimeout time for one question, over all providers
 * @param circuitBreakerFailures consecutive failures after which the circuit breaker of a
 * model opens
 * @param circuitBreakerWait time until an open circuit breaker allows a trial request
 */
@ConfigurationProperties("waypost.llm")
record LlmSettings(@DefaultValue List<ModelProviderSettings> providers, @DefaultValue("2m") Duration totalTimeout,
		@DefaultValue("5") int circuitBreakerFailures, @DefaultValue("30s") Duration circuitBreakerWait) {

}
