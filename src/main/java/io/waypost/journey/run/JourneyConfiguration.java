package io.waypost.journey.run;

import io.waypost.kernel.FastTime;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the module journey. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JourneySettings.class)
class JourneyConfiguration {

	@Bean
	WaitDurations waits(FastTime fastTime, JourneySettings settings) {
		return new WaitDurations(fastTime, settings.followUpDelay());
	}

}
