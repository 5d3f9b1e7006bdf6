package io.waypost.agent.llm.provider;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.waypost.agent.llm.TokenUsage;
import io.waypost.agent.llm.provider.ModelReply.Ending;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.anthropic.api.AnthropicApi.AnthropicMessage;
import org.springframework.ai.anthropic.api.AnthropicApi.ChatCompletionRequest;
import org.springframework.ai.anthropic.api.AnthropicApi.ChatCompletionRequest.CacheControl;
import org.springframework.ai.anthropic.api.AnthropicApi.ChatCompletionRequest.OutputFormat;
import org.springframework.ai.anthropic.api.AnthropicApi.ChatCompletionResponse;
import org.springframework.ai.anthropic.api.AnthropicApi.ContentBlock;
import org.springframework.ai.anthropic.api.AnthropicApi.Role;
import org.springframework.ai.anthropic.api.AnthropicApi.Usage;

/** Anthropic's Messages interface. */
final class AnthropicProvider implements ModelProvider {

	private static final String STRUCTURED_OUTPUTS = "structured-outputs-2025-11-13";

	private final ModelProviderSettings settings;

	private final ProviderHttp http;

	AnthropicProvider(ModelProviderSettings settings, ProviderHttp http) {
		this.settings = settings;
		this.http = http;
	}

	@Override
	public ModelReply complete(ProviderRequest call) {
		AnthropicApi api = AnthropicApi.builder()
			.baseUrl(this.settings.baseUrlOrDefault())
			.apiKey(Objects.requireNonNull(this.settings.apiKey()))
			.anthropicBetaFeatures(STRUCTURED_OUTPUTS)
			.restClientBuilder(ClientParts.rest(this.http, call))
			.webClientBuilder(ClientParts.noStreams())
			.build();
		return reply(ClientParts.body(() -> api.chatCompletionEntity(request(call))));
	}

	/** The instructions are marked as the part that the provider may cache. */
	private static ChatCompletionRequest request(ProviderRequest call) {
		ContentBlock system = new ContentBlock(call.system(), new CacheControl("ephemeral", null));
		AnthropicMessage user = new AnthropicMessage(List.of(new ContentBlock(call.user())), Role.USER);
		return ChatCompletionRequest.builder()
			.model(call.model())
			.system(List.of(system))
			.messages(List.of(user))
			.maxTokens(call.maxTokens())
			.temperature(call.temperature())
			.outputFormat(new OutputFormat("json_schema", ClientParts.map(call.schema())))
			.stream(false)
			.build();
	}

	private static ModelReply reply(ChatCompletionResponse response) {
		List<ContentBlock> content = (response.content() != null) ? response.content() : List.of();
		String text = content.stream()
			.filter((block) -> block.type() == ContentBlock.Type.TEXT && block.text() != null)
			.map(ContentBlock::text)
			.collect(Collectors.joining());
		return new ModelReply(text, ending(response.stopReason()), response.model(), usage(response.usage()));
	}

	private static Ending ending(@Nullable String stopReason) {
		return switch ((stopReason != null) ? stopReason : "") {
			case "refusal" -> Ending.REFUSED;
			case "max_tokens", "model_context_window_exceeded" -> Ending.TRUNCATED;
			default -> Ending.COMPLETE;
		};
	}

	/** Input tokens do not include those read from or written to the cache. */
	private static @Nullable TokenUsage usage(@Nullable Usage usage) {
		if (usage == null || usage.inputTokens() == null || usage.outputTokens() == null) {
			return null;
		}
		return new TokenUsage(usage.inputTokens(), ClientParts.count(usage.cacheReadInputTokens()),
				ClientParts.count(usage.cacheCreationInputTokens()), usage.outputTokens());
	}

}
