package io.waypost;

import java.util.Map;

import io.waypost.kernel.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Needs the configuration metadata that the build generates. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsValidatorTests {

	@ParameterizedTest
	@ValueSource(strings = { "waypost.data-dir", "waypost.dataDir", "waypost.delivery.link-key", "waypost.esp[0].type",
			"waypost.esp[12].base-url", "waypost.esp[0].webhookKey", "waypost.content.test-addresses",
			"waypost.content.test-addresses[3]", "waypost.sample-people", "spring.datasource.url" })
	void acceptsKnownProperties(String name) {
		assertThatNoException().isThrownBy(() -> validate(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "WAYPOST_ESP_0_TYPE", "WAYPOST_ESP_0_BASEURL", "WAYPOST_ESP_0_BASE_URL",
			"WAYPOST_DELIVERY_LINKKEY", "WAYPOST_ADMIN_PASSWORD", "WAYPOST_CONTENT_TESTADDRESSES_0", "PATH" })
	void acceptsKnownEnvironmentVariables(String name) {
		assertThatNoException().isThrownBy(() -> validateVariable(name));
	}

	@ParameterizedTest
	@CsvSource({ "waypost.delivery.leese, waypost.delivery.lease", "waypost.esp[2].tpye, waypost.esp[2].type",
			"waypost.dilivery.link-key, waypost.delivery.link-key", "waypost.datadir2, waypost.data-dir" })
	void suggestsTheNearestProperty(String name, String nearest) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> validate(name))
			.withMessageContaining(name)
			.withMessageContaining("did you mean " + nearest + "?");
	}

	@ParameterizedTest
	@CsvSource({ "WAYPOST_ESP_1_TIPE, WAYPOST_ESP_1_TYPE", "WAYPOST_SAMPEL, WAYPOST_SAMPLE" })
	void suggestsTheNearestEnvironmentVariable(String name, String nearest) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> validateVariable(name))
			.withMessageContaining("did you mean " + nearest + "?");
	}

	@Test
	void listsEveryUnknownProperty() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("waypost.first-typo", "x", "waypost.second-typo", "x")));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new SettingsValidator().postProcessEnvironment(environment, new SpringApplication()))
			.withMessageContaining("waypost.first-typo")
			.withMessageContaining("waypost.second-typo");
	}

	@Test
	void refusesTheStartWithoutAStackTrace(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Empty.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> application.run("--waypost.dilivery.lease=1s"));
		assertThat(output).contains("did you mean waypost.delivery.lease?", "docs/configuration.md")
			.doesNotContain("\tat ");
	}

	private static void validate(String name) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, "x")));
		new SettingsValidator().postProcessEnvironment(environment, new SpringApplication());
	}

	private static void validateVariable(String name) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("test", Map.of(name, "x")));
		new SettingsValidator().postProcessEnvironment(environment, new SpringApplication());
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
