package io.waypost;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TimeOrderedIds;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Time, chance and ids: the three things every room gets injected. */
@Configuration(proxyBeanMethods = false)
class RuntimeConfiguration {

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	RandomGenerator randomGenerator() {
		return new SecureRandom();
	}

	@Bean
	IdGenerator idGenerator(Clock clock, RandomGenerator random) {
		return new TimeOrderedIds(clock, random);
	}

}
