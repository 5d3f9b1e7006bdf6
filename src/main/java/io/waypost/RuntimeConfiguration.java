package io.waypost;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.FastTime;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.kernel.UuidV7Generator;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Clock, random generator and id generator, which every module gets injected, and the
 * JSON form of ids.
 */
@Configuration(proxyBeanMethods = false)
class RuntimeConfiguration {

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	FastTime fastTime(@Value("${waypost.fast-time:false}") boolean enabled, Clock clock) {
		return new FastTime(enabled, clock);
	}

	@Bean
	RandomGenerator randomGenerator() {
		return new SecureRandom();
	}

	@Bean
	IdGenerator idGenerator(Clock clock, RandomGenerator random) {
		return new UuidV7Generator(clock, random);
	}

	/** Writes ids as strings in every response. */
	@Bean
	Jackson2ObjectMapperBuilderCustomizer idsAsStrings() {
		return (builder) -> builder.serializerByType(TenantId.class, ToStringSerializer.instance)
			.serializerByType(CampaignId.class, ToStringSerializer.instance)
			.serializerByType(ProfileId.class, ToStringSerializer.instance)
			.serializerByType(SendId.class, ToStringSerializer.instance)
			.serializerByType(JourneyRunId.class, ToStringSerializer.instance);
	}

}
