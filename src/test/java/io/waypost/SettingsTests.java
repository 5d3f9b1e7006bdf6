package io.waypost;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every property in application.yaml and in the API contract exists and is described. */
class SettingsTests {

	private final Map<String, String> declared = declared();

	@Test
	void setsOnlyKnownProperties() throws IOException {
		PropertySource<?> source = new YamlPropertySourceLoader()
			.load("application", new ClassPathResource("application.yaml"))
			.getFirst();
		Set<String> own = Set.of(((EnumerablePropertySource<?>) source).getPropertyNames())
			.stream()
			.filter((name) -> name.startsWith("waypost."))
			.collect(Collectors.toSet());
		assertThat(own).isNotEmpty()
			.allSatisfy((name) -> assertThat(this.declared).as(name).containsKey(name.replaceAll("\\[\\d+].*", "")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "waypost.data-dir", "waypost.sample", "waypost.fast-time", "waypost.esp",
			"waypost.admin.password" })
	void knowsThePropertiesOfTheContract(String property) {
		assertThat(this.declared).containsKey(property);
	}

	@Test
	void describesEveryProperty() {
		assertThat(this.declared.entrySet().stream().filter((property) -> property.getValue().isBlank()))
			.as("settings without a description (Javadoc of the record's component)")
			.isEmpty();
	}

	private static Map<String, String> declared() {
		Map<String, String> declared = new TreeMap<>();
		try (InputStream metadata = SettingsTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			for (JsonNode property : new ObjectMapper().readTree(metadata).path("properties")) {
				declared.put(property.path("name").asText(), property.path("description").asText());
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return Collections.unmodifiableMap(declared);
	}

}
