package io.waypost.agent.llm.gateway;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.TokenUsage;
import org.jspecify.annotations.Nullable;

/** Metrics of requests to language models, named as in OpenTelemetry's conventions. */
class ModelMetrics {

	private static final String UNKNOWN = "unknown";

	/** Names of models in responses become tags; a faulty server must not invent many. */
	private static final int MAX_RESPONSE_MODELS = 50;

	private final Set<String> responseModels = ConcurrentHashMap.newKeySet();

	private final MeterRegistry meters;

	ModelMetrics(MeterRegistry meters) {
		this.meters = meters;
	}

	/** Records one request to a provider. */
	void request(ModelRoute route, String model, ModelPurpose purpose, @Nullable String responseModel, String outcome,
			Duration latency) {
		Timer.builder("gen_ai.client.operation")
			.description("Time of requests to language models")
			.tags(tags(route, model, purpose, responseModel).and("outcome", outcome))
			.register(this.meters)
			.record(latency);
	}

	/** Records tokens as the provider counts them. Input includes cached tokens. */
	void tokens(ModelRoute route, String model, ModelPurpose purpose, @Nullable String responseModel,
			TokenUsage usage) {
		Tags tags = tags(route, model, purpose, responseModel);
		tokens(tags.and("gen_ai.token.type", "input"), usage.input() + usage.cacheRead() + usage.cacheWrite());
		tokens(tags.and("gen_ai.token.type", "output"), usage.output());
	}

	private void tokens(Tags tags, long count) {
		Counter.builder("gen_ai.client.token.usage")
			.description("Tokens of requests to language models")
			.tags(tags)
			.register(this.meters)
			.increment(count);
	}

	/** Records US dollars. */
	void cost(ModelRoute route, String model, ModelPurpose purpose, BigDecimal cost) {
		Counter.builder("waypost.model.cost")
			.description("Cost of language models")
			.baseUnit("usd")
			.tags("provider", route.name(), "model", model, "purpose", code(purpose))
			.register(this.meters)
			.increment(cost.doubleValue());
	}

	private Tags tags(ModelRoute route, String model, ModelPurpose purpose, @Nullable String responseModel) {
		return Tags.of("gen_ai.operation.name", "chat", "gen_ai.system", route.system(), "gen_ai.request.model", model,
				"gen_ai.response.model", responseModel(responseModel), "purpose", code(purpose));
	}

	private String responseModel(@Nullable String model) {
		if (model == null || !model.matches("[A-Za-z0-9@._:/-]{1,80}")) {
			return UNKNOWN;
		}
		if (this.responseModels.size() < MAX_RESPONSE_MODELS) {
			this.responseModels.add(model);
		}
		return this.responseModels.contains(model) ? model : UNKNOWN;
	}

	private static String code(ModelPurpose purpose) {
		return purpose.name().toLowerCase(Locale.ROOT);
	}

}
