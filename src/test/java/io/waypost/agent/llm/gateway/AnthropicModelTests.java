package io.waypost.agent.llm.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waypost.agent.llm.provider.ModelProviderSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Anthropic's Messages interface. */
class AnthropicModelTests extends ModelProviderContract {

	private static final String USAGE = "{\"input_tokens\": 120, \"output_tokens\": 30}";

	@Override
	ModelProviderSettings settings(String server) {
		return GatewayFixture.provider("first", "anthropic", server);
	}

	@Override
	String success(String text) {
		return body(text, "end_turn", USAGE);
	}

	@Override
	String refusal() {
		return body("I cannot", "refusal", USAGE);
	}

	@Override
	String truncated(String text) {
		return body(text, "max_tokens", USAGE);
	}

	@Override
	String empty() {
		return "{\"id\": \"m1\", \"model\": \"large-2026\", \"content\": [], \"stop_reason\": \"end_turn\", \"usage\": %s}"
			.formatted(USAGE);
	}

	@Override
	String withoutUsage(String text) {
		return body(text, "end_turn", "null");
	}

	@Override
	String cached(String text) {
		return body(text, "end_turn", """
				{"input_tokens": 200, "cache_read_input_tokens": 800, "cache_creation_input_tokens": 64,
				 "output_tokens": 30, "service_tier": "standard"}""");
	}

	private static String body(String text, String stop, String usage) {
		return """
				{"id": "m1", "type": "message", "role": "assistant", "model": "large-2026", "new_field": [],
				 "content": [{"type": "text", "text": %s}], "stop_reason": "%s", "stop_sequence": null, "usage": %s}"""
			.formatted(TextNode.valueOf(text), stop, usage);
	}

	@Test
	void countsTokensWrittenToTheCache() {
		stub(ok(cached(GatewayFixture.ANSWER)));
		ask();
		assertThat(this.fixture.budget.events).last().isEqualTo("settle answered 200/800/64/30");
	}

	@Test
	void asksForTheSchemaAndLetsTheProviderCacheTheInstructions() throws JsonProcessingException {
		stub(ok(success(GatewayFixture.ANSWER)));
		ask();
		assertThat(requests().getFirst().getUrl()).isEqualTo("/v1/messages");
		assertThat(requests().getFirst().getHeader("x-api-key")).isEqualTo("sk-secret-first");
		assertThat(requests().getFirst().getHeader("anthropic-beta")).isEqualTo("structured-outputs-2025-11-13");
		JsonNode body = JSON.readTree(requests().getFirst().getBodyAsString());
		assertThat(body.path("output_format").path("type").asText()).isEqualTo("json_schema");
		assertThat(body.path("output_format").path("schema").path("required").toString())
			.isEqualTo("[\"subject\",\"score\"]");
		assertThat(body.path("system").path(0).path("cache_control").path("type").asText()).isEqualTo("ephemeral");
		assertThat(body.path("max_tokens").asInt()).isEqualTo(700);
	}

}
