package io.waypost.agent.llm.provider;

import java.time.Duration;
import java.util.Set;

import io.waypost.agent.llm.ModelPurpose;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One provider of language models as configured under {@code waypost.llm.providers[n]};
 * see docs/models.md. The order of the list is the order of fallback.
 *
 * @param name unique in the installation
 * @param type {@code openai} (also for compatible servers such as Ollama and vLLM),
 * {@code azure-openai} or {@code anthropic}
 * @param baseUrl URL of the HTTP interface: for {@code openai} with the version, such as
 * {@code http://localhost:11434/v1}; for {@code azure-openai} it ends in
 * {@code /openai/v1}; if not set, that of OpenAI or Anthropic
 * @param apiKey secret of the HTTP interface; optional for {@code openai} with a base URL
 * @param model name of the model, for {@code azure-openai} of the deployment
 * @param economyModel cheaper model, used from 80 % of a budget; if not set, the model
 * @param reasoningEffort for reasoning models of OpenAI: {@code none}, {@code minimal},
 * {@code low}, {@code medium} or {@code high}; requests then have no temperature
 * @param purposes what the provider is used for: {@code write}, {@code judge},
 * {@code plan}; empty for everything
 * @param regions regions whose tenants it is used for; empty for all tenants
 * @param connectTimeout timeout of a connection
 * @param readTimeout time until a response is complete
 * @param totalTimeout time for all attempts of one question
 */
public record ModelProviderSettings(String name, String type, @Nullable String baseUrl, @Nullable String apiKey,
		String model, @Nullable String economyModel, @Nullable String reasoningEffort,
		@DefaultValue Set<ModelPurpose> purposes, @DefaultValue Set<String> regions,
		@DefaultValue("2s") Duration connectTimeout, @DefaultValue("45s") Duration readTimeout,
		@DefaultValue("60s") Duration totalTimeout) {

	public ModelProviderSettings {
		purposes = Set.copyOf(purposes);
		regions = Set.copyOf(regions);
		baseUrl = (baseUrl != null) ? baseUrl.strip().replaceFirst("/+$", "") : null;
		apiKey = (apiKey != null && apiKey.isBlank()) ? null : apiKey;
	}

	boolean isAzure() {
		return this.type.equals(ProviderType.AZURE_OPENAI.code());
	}

	String baseUrlOrDefault() {
		return (this.baseUrl != null) ? this.baseUrl : ProviderType.of(this.type).orElseThrow().defaultUrl();
	}

	/** Leaves out the key. */
	@Override
	public String toString() {
		return "ModelProviderSettings[" + this.name + ", " + this.type + ", " + this.model + "]";
	}

}
