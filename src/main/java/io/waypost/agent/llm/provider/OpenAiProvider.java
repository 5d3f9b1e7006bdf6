package io.waypost.agent.llm.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.waypost.agent.llm.TokenUsage;
import io.waypost.agent.llm.provider.ModelReply.Ending;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.model.NoopApiKey;
import org.springframework.ai.model.SimpleApiKey;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.openai.api.OpenAiApi.ChatCompletion;
import org.springframework.ai.openai.api.OpenAiApi.ChatCompletion.Choice;
import org.springframework.ai.openai.api.OpenAiApi.ChatCompletionFinishReason;
import org.springframework.ai.openai.api.OpenAiApi.ChatCompletionMessage;
import org.springframework.ai.openai.api.OpenAiApi.ChatCompletionMessage.Role;
import org.springframework.ai.openai.api.OpenAiApi.ChatCompletionRequest;
import org.springframework.ai.openai.api.OpenAiApi.Usage;
import org.springframework.ai.openai.api.ResponseFormat;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** OpenAI, Azure OpenAI by its {@code /openai/v1} interface, and compatible servers. */
final class OpenAiProvider implements ModelProvider {

	private final ModelProviderSettings settings;

	private final ProviderHttp http;

	/** Whether the server knows the parameters that only OpenAI's own models have. */
	private final boolean genuine;

	OpenAiProvider(ModelProviderSettings settings, ProviderHttp http) {
		this.settings = settings;
		this.http = http;
		this.genuine = settings.isAzure() || isOpenAi(settings.baseUrlOrDefault());
	}

	private static boolean isOpenAi(String baseUrl) {
		String host = URI.create(baseUrl).getHost();
		return host.equals("openai.com") || host.endsWith(".openai.com");
	}

	@Override
	public ModelReply complete(ProviderRequest call) {
		OpenAiApi api = api(call);
		return reply(ClientParts.body(() -> api.chatCompletionEntity(request(call))));
	}

	private OpenAiApi api(ProviderRequest call) {
		String key = this.settings.apiKey();
		MultiValueMap<String, String> headers = new LinkedMultiValueMap<>();
		if (this.settings.isAzure() && key != null) {
			headers.add("api-key", key);
		}
		return OpenAiApi.builder()
			.baseUrl(this.settings.baseUrlOrDefault())
			.completionsPath("/chat/completions")
			.apiKey((key == null || this.settings.isAzure()) ? new NoopApiKey() : new SimpleApiKey(key))
			.headers(headers)
			.restClientBuilder(ClientParts.rest(this.http, call))
			.webClientBuilder(ClientParts.noStreams())
			.build();
	}

	/**
	 * Reasoning models take no temperature and know {@code max_completion_tokens} only;
	 * most other servers know {@code max_tokens} only.
	 */
	private ChatCompletionRequest request(ProviderRequest call) {
		String effort = this.settings.reasoningEffort();
		boolean newName = this.genuine || effort != null;
		List<ChatCompletionMessage> messages = List.of(new ChatCompletionMessage(call.system(), Role.SYSTEM),
				new ChatCompletionMessage(call.user(), Role.USER));
		Boolean store = this.genuine ? Boolean.FALSE : null;
		Integer maxTokens = newName ? null : call.maxTokens();
		Integer maxCompletionTokens = newName ? call.maxTokens() : null;
		Double temperature = (effort != null) ? null : call.temperature();
		String cacheKey = this.genuine ? call.cacheKey() : null;
		return new ChatCompletionRequest(messages, call.model(), store, null, null, null, null, null, maxTokens,
				maxCompletionTokens, null, null, null, null, format(call), null, null, null, false, null, temperature,
				null, null, null, null, null, effort, null, null, cacheKey, null, null);
	}

	private static ResponseFormat format(ProviderRequest call) {
		return ResponseFormat.builder()
			.type(ResponseFormat.Type.JSON_SCHEMA)
			.jsonSchema(ResponseFormat.JsonSchema.builder()
				.name(call.schemaName())
				.schema(ClientParts.map(call.schema()))
				.strict(true)
				.build())
			.build();
	}

	private static ModelReply reply(ChatCompletion completion) {
		TokenUsage usage = usage(completion.usage());
		if (completion.choices() == null || completion.choices().isEmpty()) {
			return new ModelReply("", Ending.COMPLETE, completion.model(), usage);
		}
		Choice choice = completion.choices().getFirst();
		ChatCompletionMessage message = choice.message();
		String text = (message != null) ? text(message.rawContent()) : "";
		return new ModelReply(text, ending(choice), completion.model(), usage);
	}

	private static Ending ending(Choice choice) {
		ChatCompletionMessage message = choice.message();
		boolean refused = message != null && message.refusal() != null && !message.refusal().isBlank();
		if (refused || choice.finishReason() == ChatCompletionFinishReason.CONTENT_FILTER) {
			return Ending.REFUSED;
		}
		return (choice.finishReason() == ChatCompletionFinishReason.LENGTH) ? Ending.TRUNCATED : Ending.COMPLETE;
	}

	/** The content is a text, or a list of parts of which some are texts. */
	private static String text(@Nullable Object content) {
		if (content instanceof List<?> parts) {
			return parts.stream()
				.map((part) -> (part instanceof Map<?, ?> map) ? map.get("text") : null)
				.filter(Objects::nonNull)
				.map(String::valueOf)
				.collect(Collectors.joining());
		}
		return (content instanceof String text) ? text : "";
	}

	/** Prompt tokens include the cached ones. */
	private static @Nullable TokenUsage usage(@Nullable Usage usage) {
		if (usage == null || usage.promptTokens() == null || usage.completionTokens() == null) {
			return null;
		}
		long cached = (usage.promptTokensDetails() != null)
				? ClientParts.count(usage.promptTokensDetails().cachedTokens()) : 0;
		return new TokenUsage(Math.max(usage.promptTokens() - cached, 0), cached, 0, usage.completionTokens());
	}

}
