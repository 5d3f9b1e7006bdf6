package io.waypost.agent.llm.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waypost.agent.llm.provider.ModelProviderSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A server with the interface of OpenAI. */
class OpenAiModelTests extends ModelProviderContract {

	@Override
	ModelProviderSettings settings(String server) {
		return GatewayFixture.provider("first", "openai", server + "/v1");
	}

	@Override
	String success(String text) {
		return body(text, "stop", usage(120, 0));
	}

	@Override
	String refusal() {
		return """
				{"id": "c1", "object": "chat.completion", "model": "large-2026", "choices": [{"index": 0,
				 "finish_reason": "stop", "message": {"role": "assistant", "content": null, "refusal": "I cannot"}}],
				 "usage": %s}""".formatted(usage(120, 0));
	}

	@Override
	String truncated(String text) {
		return body(text, "length", usage(120, 0));
	}

	@Override
	String empty() {
		return "{\"id\": \"c1\", \"model\": \"large-2026\", \"choices\": [], \"usage\": %s}".formatted(usage(120, 0));
	}

	@Override
	String withoutUsage(String text) {
		return body(text, "stop", "null");
	}

	@Override
	String cached(String text) {
		return body(text, "stop", usage(1000, 800));
	}

	static String body(String text, String finish, String usage) {
		return """
				{"id": "c1", "object": "chat.completion", "created": 1, "model": "large-2026", "new_field": {"a": 1},
				 "choices": [{"index": 0, "finish_reason": "%s", "logprobs": null, "message": {"role": "assistant",
				 "content": %s, "refusal": null, "annotations": []}}], "usage": %s}""".formatted(finish,
				TextNode.valueOf(text), usage);
	}

	static String usage(int prompt, int cached) {
		return """
				{"prompt_tokens": %d, "completion_tokens": 30, "total_tokens": %d,
				 "prompt_tokens_details": {"cached_tokens": %d}, "completion_tokens_details": {"reasoning_tokens": 5}}"""
			.formatted(prompt, prompt + 30, cached);
	}

	@Test
	void sendsOnlyParametersThatCompatibleServersKnow() throws JsonProcessingException {
		stub(ok(success(GatewayFixture.ANSWER)));
		ask();
		assertThat(requests().getFirst().getUrl()).isEqualTo("/v1/chat/completions");
		assertThat(requests().getFirst().getHeader("Authorization")).isEqualTo("Bearer sk-secret-first");
		JsonNode body = JSON.readTree(requests().getFirst().getBodyAsString());
		assertThat(body.fieldNames()).toIterable()
			.containsExactlyInAnyOrder("messages", "model", "max_tokens", "response_format", "stream", "temperature");
		assertThat(body.path("response_format").path("json_schema").path("strict").asBoolean()).isTrue();
		assertThat(body.path("max_tokens").asInt()).isEqualTo(700);
	}

	@Test
	void needsNoKeyForALocalServer() {
		stub(ok(success(GatewayFixture.ANSWER)));
		ModelProviderSettings with = settings(STUB.baseUrl());
		ModelProviderSettings without = new ModelProviderSettings(with.name(), with.type(), with.baseUrl(), null,
				with.model(), null, null, with.purposes(), with.regions(), with.connectTimeout(), with.readTimeout(),
				with.totalTimeout());
		assertThat(this.fixture.gateway(without).ask(GatewayFixture.request()).toString()).contains("basil");
		assertThat(requests().getFirst().containsHeader("Authorization")).isFalse();
	}

	@Test
	void asksReasoningModelsWithoutTemperature() throws JsonProcessingException {
		stub(ok(success(GatewayFixture.ANSWER)));
		ModelProviderSettings plain = settings(STUB.baseUrl());
		ModelProviderSettings reasoning = new ModelProviderSettings(plain.name(), plain.type(), plain.baseUrl(), "k",
				plain.model(), null, "minimal", plain.purposes(), plain.regions(), plain.connectTimeout(),
				plain.readTimeout(), plain.totalTimeout());
		this.fixture.gateway(reasoning).ask(GatewayFixture.request());
		JsonNode body = JSON.readTree(requests().getFirst().getBodyAsString());
		assertThat(body.has("temperature") || body.has("max_tokens")).isFalse();
		assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(700);
		assertThat(body.path("reasoning_effort").asText()).isEqualTo("minimal");
	}

	@Test
	void readsContentInParts() {
		stub(ok(success("x").replace("\"content\": \"x\"", "\"content\": [{\"type\": \"text\", \"text\": %s}]"
			.formatted(TextNode.valueOf(GatewayFixture.ANSWER)))));
		assertThat(ask().toString()).contains("basil");
	}

}
