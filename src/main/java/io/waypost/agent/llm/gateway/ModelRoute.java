package io.waypost.agent.llm.gateway;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.budget.ModelBudget.SpendLevel;
import io.waypost.agent.llm.provider.ModelProvider;
import io.waypost.agent.llm.provider.ModelProviderSettings;
import org.jspecify.annotations.Nullable;

/** A configured provider with the availability of its models. */
class ModelRoute {

	private final ModelProviderSettings settings;

	private final ModelProvider provider;

	private final LlmSettings common;

	private final Clock clock;

	private final Map<String, ModelAvailability> availability = new ConcurrentHashMap<>();

	ModelRoute(ModelProviderSettings settings, ModelProvider provider, LlmSettings common, Clock clock) {
		this.settings = settings;
		this.provider = provider;
		this.common = common;
		this.clock = clock;
	}

	String name() {
		return this.settings.name();
	}

	/** Value of the tag {@code gen_ai.system}. */
	String system() {
		return this.settings.type().equals("azure-openai") ? "azure.ai.openai" : this.settings.type();
	}

	ModelProviderSettings settings() {
		return this.settings;
	}

	ModelProvider provider() {
		return this.provider;
	}

	boolean isFor(ModelPurpose purpose, @Nullable String region) {
		return (this.settings.purposes().isEmpty() || this.settings.purposes().contains(purpose))
				&& (this.settings.regions().isEmpty() || region != null && this.settings.regions().contains(region));
	}

	boolean isRegional() {
		return !this.settings.regions().isEmpty();
	}

	String model(SpendLevel level) {
		String economy = this.settings.economyModel();
		return (level == SpendLevel.REDUCED && economy != null && !economy.isBlank()) ? economy : this.settings.model();
	}

	ModelAvailability availability(String model) {
		return this.availability.computeIfAbsent(model,
				(name) -> new ModelAvailability(name() + "/" + name, this.common, this.clock));
	}

}
