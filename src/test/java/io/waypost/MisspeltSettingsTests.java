package io.waypost;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.DefaultBootstrapContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.env.EnvironmentPostProcessorApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** Misspelt and correctly spelt properties in each form that Spring Boot accepts. */
class MisspeltSettingsTests {

	@TempDir
	private Path directory;

	/** Nothing of the product: settings are checked before anything starts. */
	static class NoBeans {

	}

	private static final class TestEnvironment extends StandardEnvironment {

		private static final ThreadLocal<Map<String, Object>> VARIABLES = ThreadLocal.withInitial(Map::of);

		@Override
		protected void customizePropertySources(MutablePropertySources sources) {
			super.customizePropertySources(sources);
			sources.replace(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new SystemEnvironmentPropertySource(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, VARIABLES.get()));
		}

	}

	@Test
	void suggestsEveryKnownPropertyForItsMisspelling() throws IOException {
		List<String> wrong = new ArrayList<>();
		int index = 0;
		for (String name : known()) {
			String last = name.substring(name.lastIndexOf('.') + 1);
			if (last.length() > 4) {
				String misspelt = name.substring(0, name.length() - last.length()) + misspell(last, index++);
				String message = refusal(yaml(misspelt + ": 1"), Map.of());
				assertThat(misspelt.replace("-", "")).isNotEqualTo(name.replace("-", ""));
				if (!message.contains(misspelt) || !message.contains(name)) {
					wrong.add("%s, meant %s: %s".formatted(misspelt, name, message));
				}
			}
		}
		assertThat(index).isGreaterThan(50);
		assertThat(wrong).isEmpty();
	}

	@Test
	void acceptsEveryKnownPropertyInEachSpelling() throws IOException {
		List<String> refused = new ArrayList<>();
		for (String name : known()) {
			String argument = "--" + camel(name) + "=" + sample(name);
			Map<String, Object> dashless = Map.of(variable(name.replace("-", "")), sample(name));
			Map<String, Object> underscored = Map.of(variable(name.replace('-', '_')), sample(name));
			for (String message : List.of(refusal(argument, Map.of()), refusal("--x=1", dashless),
					refusal("--x=1", underscored))) {
				if (message.contains("unknown") || message.contains(name) || message.contains(camel(name))) {
					refused.add(name + ": " + message);
				}
			}
		}
		assertThat(refused).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			WAYPOST_FASTTIM | WAYPOST_FASTTIME
			WAYPOST_FAST_TIM | WAYPOST_FASTTIME
			WAYPOST_DATA_DRI | WAYPOST_DATADIR
			WAYPOST_SAMPEL | WAYPOST_SAMPLE
			WAYPOST_ADMIN_PASWORD | WAYPOST_ADMIN_PASSWORD
			WAYPOST_ESP_0_TPYE | WAYPOST_ESP_0_TYPE
			WAYPOST_ESP_0_APIKEYS | WAYPOST_ESP_0_APIKEY
			WAYPOST_ESP_0_API_KYE | WAYPOST_ESP_0_APIKEY
			WAYPOST_ESPS_0_TYPE | WAYPOST_ESP_0_TYPE
			WAYPOST_DELIVERY_MAXATTEMPT | WAYPOST_DELIVERY_MAXATTEMPTS
			WAYPOST_DELIVERY_TRANSACTIONALTOPIC_0 | WAYPOST_DELIVERY_TRANSACTIONALTOPICS_0
			waypost_fasttim | waypost.fast-time
			WAYPOST_LLM_PROVIDERS_0_TPYE | WAYPOST_LLM_PROVIDERS_0_TYPE
			WAYPOST_HOME | WAYPOST_HOME
			""")
	void refusesMisspeltEnvironmentVariables(String variable, String suggestion) {
		assertThat(refusal("--x=1", Map.of(variable, "1"))).contains(variable)
			.containsAnyOf(suggestion, suggestion.toLowerCase(Locale.ROOT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "WAYPOST_FASTTIME", "WAYPOST_FAST_TIME", "waypost_fasttime", "WAYPOST_DATADIR",
			"WAYPOST_DATA_DIR", "WAYPOST_SAMPLE", "WAYPOST_SAMPLE_PEOPLE", "WAYPOST_ADMIN_PASSWORD",
			"WAYPOST_ESP_0_TYPE", "WAYPOST_ESP_0_API_KEY", "WAYPOST_ESP_0_APIKEY", "WAYPOST_ESP_12_START_TLS",
			"WAYPOST_ESP_0_RATEPERSECOND", "WAYPOST_SIGNIN_OIDC_0_CLIENTSECRET",
			"WAYPOST_SIGNIN_OIDC_1_GROUPS_MARKETER", "WAYPOST_SIGNIN_OIDC_0_SCOPES_0",
			"WAYPOST_DELIVERY_TRANSACTIONALTOPICS", "WAYPOST_DELIVERY_TRANSACTIONALTOPICS_1",
			"WAYPOST_DELIVERY_TRANSACTIONAL_TOPICS_0", "WAYPOST_CONTENT_TESTADDRESSES_0_", "WAYPOSTER_FASTTIM",
			"MY_WAYPOST_FASTTIM", "SERVER_PORT", "PATH" })
	void acceptsCorrectEnvironmentVariables(String variable) {
		assertThat(refusal("--x=1", Map.of(variable.replaceAll("_$", ""), "true"))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--waypost.fast-tim=true | waypost.fast-time
			--waypost.fastTim=true | waypost.fast-time
			--waypost.fast_tim=true | waypost.fast-time
			--waypost.FASTTIM=true | waypost.fast-time
			--waypost.esp[0].tpye=smtp | type
			--waypost.esp[3].baseUlr=x | base-url
			--waypost.esp[0].type.name=smtp | type
			--waypost.esp.type=smtp | type
			--waypost.esp[0]=smtp | waypost.esp
			--waypost.delivery.retired-link-key[0]=x | retired-link-keys
			--waypost.delivery.retired-link-keys[0].x=x | retired-link-keys
			--waypost.llm.providers[0].tpye=openai | waypost.llm.providers[0].type
			--waypost.delivry.lease=1m | waypost.delivery.lease
			--waypost.data-dir.x=1 | waypost.data-dir
			--waypost.admin=secret | waypost.admin.password
			""")
	void refusesMisspeltArguments(String argument, String suggestion) {
		assertThat(refusal(argument, Map.of())).contains(suggestion);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--waypost.fast-time=true", "--waypost.fastTime=true", "--waypost.fast_time=true",
			"--waypost.FASTTIME=true", "--waypost.fasttime=true", "--waypost.esp[0].type=smtp",
			"--waypost.esp[0].baseUrl=http://x", "--waypost.esp[0].base_url=http://x", "--waypost.esp[11].api-key=x",
			"--waypost.delivery.transactional-topics=a,b", "--waypost.delivery.transactionalTopics[0]=a",
			"--waypost.content.testAddresses[1]=a@example.com", "--wayposts.x=1", "--my.waypost.x=1" })
	void acceptsCorrectArguments(String argument) {
		assertThat(refusal(argument, Map.of())).isEmpty();
	}

	@Test
	void refusesMisspeltSystemProperties() {
		System.setProperty("waypost.fast-tim", "true");
		try {
			assertThat(refusal("--x=1", Map.of())).contains("waypost.fast-tim", "waypost.fast-time");
		}
		finally {
			System.clearProperty("waypost.fast-tim");
		}
		System.setProperty("waypost.fastTime", "true");
		try {
			assertThat(refusal("--x=1", Map.of())).isEmpty();
		}
		finally {
			System.clearProperty("waypost.fastTime");
		}
	}

	@Test
	void refusesMisspeltPropertiesInJson() {
		assertThat(refusal("--spring.application.json={\"waypost\":{\"esp\":[{\"nmae\":\"x\",\"type\":\"smtp\"}]}}",
				Map.of()))
			.contains("name");
		assertThat(refusal("--x=1", Map.of("SPRING_APPLICATION_JSON", "{\"waypost.fast-tim\":true}")))
			.contains("waypost.fast-time");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			waypost: {fast-tim: true} | waypost.fast-time
			waypost: {fastTim: true} | waypost.fast-time
			waypost: {esp: [{name: a, type: smtp}, {name: b, tpye: smtp}]} | type
			waypost: {esp: {type: smtp}} | type
			waypost: {delivery: {transactional-topic: [a, b]}} | waypost.delivery.transactional-topics
			waypost: {delivery: {leese: }} | waypost.delivery.lease
			waypost: {llm: {provider: [{name: a, type: openai}]}} | waypost.llm.providers
			waypost.delivery: {maxAttempt: 3} | waypost.delivery.max-attempts
			'"waypost.data-dri": x' | waypost.data-dir
			""")
	void refusesMisspeltPropertiesOfFiles(String content, String suggestion) throws IOException {
		assertThat(refusal(yaml(content), Map.of())).contains(suggestion);
	}

	@ParameterizedTest
	@ValueSource(strings = { "waypost: {fast-time: true}", "waypost: {fastTime: true}", "waypost: {fast_time: true}",
			"waypost: {esp: [{name: a, type: smtp}, {name: b, type: smtp, startTls: true}]}",
			"waypost: {delivery: {transactional-topics: [a, b], retiredLinkKeys: []}}", "waypost: {esp: []}",
			"waypost: {admin: {password: x}}", "waypost: {}", "waypost:", "other: {waypost: {x: 1}}" })
	void acceptsCorrectPropertiesOfFiles(String content) throws IOException {
		assertThat(refusal(yaml(content), Map.of())).isEmpty();
	}

	@Test
	void refusesMisspeltPropertiesOfAllFilesThatSpringReads() throws IOException {
		Path properties = Files.writeString(this.directory.resolve("more.properties"), "waypost.esp[0].tpye=smtp\n");
		assertThat(refusal("--spring.config.additional-location=file:" + properties, Map.of())).contains("type");
		Files.writeString(this.directory.resolve("application-live.yaml"), "waypost: {sampel: true}\n");
		assertThat(refusal("--spring.config.additional-location=file:" + this.directory + "/",
				Map.of("SPRING_PROFILES_ACTIVE", "live")))
			.contains("waypost.sample");
		Path secrets = Files.createDirectories(this.directory.resolve("secrets/waypost/admin"));
		Files.writeString(secrets.resolve("pasword"), "x");
		assertThat(refusal("--spring.config.import=configtree:" + this.directory.resolve("secrets") + "/", Map.of()))
			.contains("waypost.admin.password");
	}

	@Test
	void namesEveryMisspeltProperty() {
		String message = refusal("--waypost.fast-tim=true", Map.of("WAYPOST_SAMPEL", "true"));
		assertThat(message).contains("waypost.fast-time", "WAYPOST_SAMPLE");
	}

	private static String misspell(String name, int kind) {
		int middle = name.length() / 2;
		int at = (name.charAt(middle) == '-') ? middle + 1 : middle;
		return switch (kind % 3) {
			case 0 -> name.substring(0, at) + name.substring(at + 1);
			case 1 -> name.substring(0, at) + name.charAt(at) + name.substring(at);
			default -> name + "x";
		};
	}

	private static String camel(String name) {
		StringBuilder camel = new StringBuilder();
		for (String part : name.split("-", -1)) {
			camel.append(camel.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
		}
		return camel.toString();
	}

	private static String variable(String name) {
		return name.replace("[0]", ".0").replace('.', '_').toUpperCase(Locale.ROOT);
	}

	private static String sample(String name) {
		return name.endsWith("master-key") ? "k" : "1";
	}

	private TreeSet<String> known() throws IOException {
		TreeSet<String> known = new TreeSet<>();
		try (InputStream metadata = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			for (JsonNode property : new ObjectMapper().readTree(metadata).path("properties")) {
				known.add(property.path("name").asText());
			}
		}
		Set<String> listsOfObjects = Set.of("waypost.esp", "waypost.sign-in.oidc", "waypost.sign-in.saml",
				"waypost.llm.providers", "waypost.llm.prices");
		known.removeIf((name) -> !name.startsWith("waypost.") || listsOfObjects.contains(name));
		return known;
	}

	private String yaml(String content) throws IOException {
		Path file = Files.writeString(this.directory.resolve("extra.yaml"), content);
		return "--spring.config.additional-location=file:" + file;
	}

	/** Prepares the environment of a start; returns why it was refused, empty if not. */
	private static String refusal(String argument, Map<String, Object> variables) {
		TestEnvironment.VARIABLES.set(new HashMap<>(variables));
		ConfigurableEnvironment environment = new TestEnvironment();
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(argument));
		ApplicationEnvironmentPreparedEvent prepared = new ApplicationEnvironmentPreparedEvent(
				new DefaultBootstrapContext(), new SpringApplication(NoBeans.class), new String[] { argument },
				environment);
		try {
			new EnvironmentPostProcessorApplicationListener().onApplicationEvent(prepared);
			return "";
		}
		catch (RuntimeException ex) {
			StringBuilder messages = new StringBuilder();
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				messages.append(cause).append('\n');
			}
			return messages.toString();
		}
	}

}
