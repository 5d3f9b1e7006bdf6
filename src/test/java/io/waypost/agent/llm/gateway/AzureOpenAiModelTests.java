package io.waypost.agent.llm.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.agent.llm.ModelAnswer.Reason;
import io.waypost.agent.llm.provider.ModelProviderSettings;
import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

/** Azure OpenAI by its interface {@code /openai/v1}. */
class AzureOpenAiModelTests extends OpenAiModelTests {

	@Override
	ModelProviderSettings settings(String server) {
		return GatewayFixture.provider("first", "azure-openai", server + "/openai/v1/");
	}

	@Override
	@Test
	void sendsOnlyParametersThatCompatibleServersKnow() throws JsonProcessingException {
		stub(ok(success(GatewayFixture.ANSWER)));
		ask();
		assertThat(requests().getFirst().getUrl()).isEqualTo("/openai/v1/chat/completions");
		assertThat(requests().getFirst().getHeader("api-key")).isEqualTo("sk-secret-first");
		assertThat(requests().getFirst().containsHeader("Authorization")).isFalse();
		JsonNode body = JSON.readTree(requests().getFirst().getBodyAsString());
		assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(700);
		assertThat(body.path("store").asBoolean(true)).isFalse();
		assertThat(body.path("prompt_cache_key").asText()).isEqualTo("write-email@3");
	}

	@Test
	void reportsTheContentFilter() {
		stub(aResponse().withStatus(400)
			.withBody("{\"error\": {\"code\": \"content_filter\", \"message\": \"filtered\", \"status\": 400}}"));
		assertThat(GatewayFixture.reason(ask())).isEqualTo(Reason.REFUSED);
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "settle refused");
		assertRequests(1);
	}

}
