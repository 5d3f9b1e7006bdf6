package io.waypost.journey.run;

import java.time.Clock;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the module journey. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JourneySettings.class)
class JourneyConfiguration {

	@Bean
	WaitDurations waits(@Value("${waypost.fast-time:false}") boolean fast, JourneySettings settings, Clock clock) {
		return new WaitDurations(fast, settings.followUpDelay(), clock);
	}

}
