package io.waypost.agent.llm.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.llm.provider.ModelProviderSettings;
import io.waypost.database.ServedRegion;
import io.waypost.kernel.InvalidSettingException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProviderSettingsValidatorTests {

	private static final String AZURE = "https://shop.openai.azure.com/openai/v1";

	private final ProviderSettingsValidator validator = new ProviderSettingsValidator(
			new ServedRegion("eu", Map.of("us", "https://us.mail.example")), this::requirePrice);

	private void requirePrice(String model) {
		if (model.startsWith("free-")) {
			throw new InvalidSettingException("The language model '%s' has no price.".formatted(model), "Set it.");
		}
	}

	@ParameterizedTest
	@CsvSource({ "free-1, m", "m, free-1" })
	void refusesModelsWithoutAPrice(String model, String economyModel) {
		ModelProviderSettings provider = new ModelProviderSettings("a", "openai", null, "k", model, economyModel, null,
				Set.of(), Set.of(), Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofSeconds(20));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.validator.validate(List.of(provider)))
			.withMessageContaining("free-1");
	}

	@Test
	void acceptsEachType() {
		assertThatCode(() -> this.validator.validate(
				List.of(provider("a", "openai", null, "k"), provider("b", "openai", "http://localhost:11434/v1", null),
						provider("c", "openai", "http://[::1]:8000/v1", null),
						provider("d", "azure-openai", AZURE, "k"), provider("e", "anthropic", null, "k"))))
			.doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "antropic, -, k, Did you mean 'anthropic'?", "-, -, k, [n].type", "openai, -, -, [n].api-key",
					"anthropic, https://x.example, -, [n].api-key",
					"azure-openai, https://x.example/openai/v1, -, [n].api-key", "azure-openai, -, k, [n].base-url",
					"openai, http://ollama:11434/v1, -, http to localhost only",
					"openai, http://127.0.0.1.evil.example/v1, k, http to localhost only",
					"openai, ftp://localhost/v1, k, is no URL", "openai, https://user:pw@x.example, k, is no URL",
					"openai, not a url, k, is no URL", "openai, -, k\u00e9y, no key has" })
	void refusesWhatCannotWork(String type, String baseUrl, String key, String message) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.validator.validate(List.of(provider("a", type, baseUrl, key))))
			.satisfies((ex) -> assertThat(ex.getMessage() + " " + ex.action()).contains(message).doesNotContain("pw@"));
	}

	@Test
	void refusesDuplicateNames() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.validator
				.validate(List.of(provider("a", "openai", null, "k"), provider("a", "anthropic", null, "k"))))
			.withMessageContaining("name 'a'");
	}

	@Test
	void refusesUnknownRegions() {
		ModelProviderSettings provider = new ModelProviderSettings("a", "openai", null, "k", "m", null, null, Set.of(),
				Set.of("uss"), Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofSeconds(20));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.validator.validate(List.of(provider)))
			.satisfies((ex) -> assertThat(ex.action()).contains("Did you mean 'us'?").contains("eu, us"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Upper", "with space", "-a" })
	void refusesNames(String name) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.validator.validate(List.of(provider(name, "openai", null, "k"))));
	}

	@Test
	void bindsWithDefaults() {
		LlmSettings settings = new Binder(new MapConfigurationPropertySource(Map.of("waypost.llm.providers[0].name",
				"a", "waypost.llm.providers[0].type", "openai", "waypost.llm.providers[0].api-key", "sk-1",
				"waypost.llm.providers[0].model", "gpt-5-mini", "waypost.llm.providers[0].purposes", "write,judge")))
			.bind("waypost.llm", LlmSettings.class)
			.get();
		ModelProviderSettings provider = settings.providers().getFirst();
		assertThat(provider.readTimeout()).isEqualTo(Duration.ofSeconds(45));
		assertThat(provider.purposes()).hasSize(2);
		assertThat(settings.totalTimeout()).isEqualTo(Duration.ofMinutes(2));
		assertThat(settings.toString()).doesNotContain("sk-1");
	}

	private static ModelProviderSettings provider(String name, String type, @Nullable String baseUrl,
			@Nullable String key) {
		return new ModelProviderSettings(name, type, baseUrl, key, "m", null, null, Set.of(), Set.of(),
				Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofSeconds(20));
	}

}
