package io.waypost.database.embedded;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sets the default of {@code waypost.sample}: true with the embedded database, false with
 * an external one.
 */
class SampleDefaultEnvironmentPostProcessor implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		boolean embedded = !environment.containsProperty("spring.datasource.url");
		environment.getPropertySources()
			.addLast(new MapPropertySource("waypostDefaults", Map.of("waypost.sample", embedded)));
	}

}
