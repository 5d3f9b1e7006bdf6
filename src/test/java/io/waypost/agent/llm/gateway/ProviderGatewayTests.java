package io.waypost.agent.llm.gateway;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.waypost.agent.llm.ModelAnswer;
import io.waypost.agent.llm.ModelAnswer.Answered;
import io.waypost.agent.llm.ModelAnswer.Reason;
import io.waypost.agent.llm.ModelAnswer.Unanswered;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.budget.ModelBudget.SpendLevel;
import io.waypost.agent.llm.provider.ModelProvider;
import io.waypost.agent.llm.provider.ModelProviderSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.transaction.support.TransactionSynchronizationManager;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ProviderGatewayTests {

	private static final WireMockServer STUB = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final GatewayFixture fixture = new GatewayFixture();

	@BeforeAll
	static void start() {
		STUB.start();
	}

	@AfterAll
	static void stop() {
		STUB.stop();
	}

	@BeforeEach
	void reset() {
		STUB.resetAll();
	}

	@Test
	void asksTheSecondProviderWhenTheFirstIsDown() {
		stub("openai", aResponse().withStatus(500));
		stub("claude", answer());
		Answered answer = (Answered) both().ask(GatewayFixture.request());
		assertThat(answer.provider()).isEqualTo("claude");
		assertThat(requests("openai")).isEqualTo(2);
		assertThat(requests("claude")).isEqualTo(1);
	}

	@Test
	void reportsAllProviders() {
		stub("openai", aResponse().withStatus(500));
		stub("claude", aResponse().withStatus(401));
		Unanswered answer = (Unanswered) both().ask(GatewayFixture.request());
		assertThat(answer.reason()).isEqualTo(Reason.UNAVAILABLE);
		assertThat(answer.detail()).contains("openai: status 500").contains("claude: status 401");
	}

	@Test
	void asksTheSecondProviderAfterARefusalAndReportsIt() {
		stub("openai", json(OpenAiModelTests.body("", "content_filter", "null")));
		stub("claude", aResponse().withStatus(529));
		assertThat(GatewayFixture.reason(both().ask(GatewayFixture.request()))).isEqualTo(Reason.REFUSED);
		stub("claude", answer());
		assertThat(both().ask(GatewayFixture.request())).isInstanceOf(Answered.class);
	}

	@Test
	void opensTheCircuitBreakerAndTriesAgainLater() {
		stub("openai", aResponse().withStatus(500));
		ProviderGateway gateway = this.fixture.gateway(openai());
		for (int i = 0; i < 5; i++) {
			gateway.ask(GatewayFixture.request());
		}
		assertThat(requests("openai")).as("the breaker opens after four failures").isEqualTo(4);
		this.fixture.clock.advance(Duration.ofSeconds(31));
		gateway.ask(GatewayFixture.request());
		assertThat(requests("openai")).as("one trial").isEqualTo(5);
		this.fixture.clock.advance(Duration.ofSeconds(31));
		stub("openai", json(OpenAiModelTests.body(GatewayFixture.ANSWER, "stop", "null")));
		assertThat(gateway.ask(GatewayFixture.request())).isInstanceOf(Answered.class);
		assertThat(gateway.ask(GatewayFixture.request())).isInstanceOf(Answered.class);
	}

	@Test
	void keepsAModelThatWorksWhenAnotherOneFails() {
		stub("openai", aResponse().withStatus(500));
		STUB.stubFor(any(urlPathMatching("/openai/.*")).withRequestBody(matchingJsonPath("$[?(@.model == 'small')]"))
			.willReturn(json(OpenAiModelTests.body(GatewayFixture.ANSWER, "stop", "null"))));
		ProviderGateway gateway = this.fixture.gateway(openai());
		for (int i = 0; i < 5; i++) {
			assertThat(gateway.ask(GatewayFixture.request())).isInstanceOf(Unanswered.class);
		}
		this.fixture.budget.level = SpendLevel.REDUCED;
		assertThat(gateway.ask(GatewayFixture.request())).isInstanceOf(Answered.class);
		assertThat(this.fixture.budget.events).contains("reserve small");
	}

	@Test
	void asksNobodyWhenTheBudgetIsExhausted() {
		this.fixture.budget.level = SpendLevel.EXHAUSTED;
		assertThat(GatewayFixture.reason(both().ask(GatewayFixture.request()))).isEqualTo(Reason.BUDGET_EXHAUSTED);
		assertThat(requests("openai") + requests("claude")).isZero();
	}

	@Test
	void reservesEachAttempt() {
		stub("openai", aResponse().withStatus(500));
		stub("claude", answer());
		this.fixture.budget.refuseFrom = 2;
		ModelAnswer answer = both().ask(GatewayFixture.request());
		assertThat(GatewayFixture.reason(answer)).isEqualTo(Reason.BUDGET_EXHAUSTED);
		assertThat(requests("openai")).isEqualTo(1);
		assertThat(requests("claude")).isZero();
	}

	@Test
	void stopsWhenTheTimeOfTheCallerIsOver() {
		stub("openai", aResponse().withStatus(503).withHeader("Retry-After", "18"));
		stub("claude", aResponse().withStatus(503).withHeader("Retry-After", "19"));
		ModelProviderSettings third = GatewayFixture.provider("third", "openai", STUB.baseUrl() + "/third");
		ProviderGateway gateway = this.fixture.gateway(openai(), claude(), third);
		assertThat(GatewayFixture.reason(gateway.ask(GatewayFixture.request()))).isEqualTo(Reason.UNAVAILABLE);
		Duration waited = this.fixture.waits.stream().reduce(Duration.ZERO, Duration::plus);
		assertThat(waited).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(40));
	}

	@Test
	void choosesProvidersByPurposeAndRegion() {
		ModelProviderSettings judge = GatewayFixture.provider("judge", "openai", STUB.baseUrl() + "/openai/v1",
				Set.of(ModelPurpose.JUDGE), Set.of());
		ModelProviderSettings european = GatewayFixture.provider("eu", "anthropic", STUB.baseUrl() + "/claude",
				Set.of(ModelPurpose.WRITE), Set.of("eu"));
		ProviderGateway gateway = this.fixture.gateway(judge, european);
		assertThat(gateway.isConfigured(GatewayFixture.TENANT, ModelPurpose.JUDGE)).isTrue();
		assertThat(gateway.isConfigured(GatewayFixture.TENANT, ModelPurpose.PLAN)).isFalse();
		assertThat(gateway.isConfigured(GatewayFixture.TENANT, ModelPurpose.WRITE)).isFalse();
		assertThat(GatewayFixture.reason(gateway.ask(GatewayFixture.request()))).isEqualTo(Reason.NO_PROVIDER);
		this.fixture.region = "eu";
		stub("claude", answer());
		assertThat(((Answered) gateway.ask(GatewayFixture.request())).provider()).isEqualTo("eu");
	}

	@Test
	void refusesToWaitInATransaction() {
		TransactionSynchronizationManager.setActualTransactionActive(true);
		try {
			assertThatIllegalStateException().isThrownBy(() -> both().ask(GatewayFixture.request()))
				.withMessageContaining("outside of the transaction");
		}
		finally {
			TransactionSynchronizationManager.setActualTransactionActive(false);
		}
		assertThat(requests("openai")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Write to jane.doe@example.org", "Call +44 20 7946 0958 about IBAN DE89370400440532013000",
			"Card 4111 1111 1111 1111" })
	void sendsNoPersonalData(String user) {
		stub("openai", answer());
		assertThat(GatewayFixture.reason(both().ask(GatewayFixture.request(user)))).isEqualTo(Reason.PERSONAL_DATA);
		assertThat(requests("openai") + requests("claude")).isZero();
		assertThat(this.fixture.budget.events).isEmpty();
		assertThat(this.fixture.meters.get("waypost.model.blocked").counter().count()).isEqualTo(1);
	}

	@Test
	void releasesACallWhoseBodyIsBlocked() {
		ModelProvider leaking = (request) -> {
			request.outboundCheck().accept("{\"metadata\":\"jane.doe@example.org\"}");
			throw new AssertionError("sent");
		};
		ProviderGateway gateway = this.fixture.gateway(Map.of("claude", leaking), openai(), claude());
		stub("openai", aResponse().withStatus(401));
		assertThat(GatewayFixture.reason(gateway.ask(GatewayFixture.request()))).isEqualTo(Reason.PERSONAL_DATA);
		assertThat(this.fixture.budget.events).endsWith("reserve large", "release personal_data");
	}

	@Test
	void settlesACallWithAnUnexpectedError() {
		ModelProvider faulty = (request) -> {
			throw new IllegalArgumentException("prompt: " + request.user());
		};
		ProviderGateway gateway = this.fixture.gateway(Map.of("openai", faulty), openai());
		Unanswered answer = (Unanswered) gateway.ask(GatewayFixture.request());
		assertThat(answer.reason()).isEqualTo(Reason.UNUSABLE);
		assertThat(answer.detail()).contains("IllegalArgumentException").doesNotContain("Basil");
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "settle unreadable");
	}

	/** Half of the prompts contain an identity, in one of several forms. */
	@Test
	void sendsNoneOfTheIdentitiesOfManyRequests() {
		stub("openai", json(OpenAiModelTests.body(GatewayFixture.ANSWER, "stop", "null")));
		ProviderGateway gateway = this.fixture.gateway(openai());
		List<UnaryOperator<String>> forms = List.of((name) -> name, (name) -> name.toUpperCase(Locale.ROOT),
				(name) -> URLEncoder.encode(name, StandardCharsets.UTF_8), (name) -> name.replace("", " "),
				(name) -> name.replace(" ", "\n\t"));
		for (int i = 0; i < 200; i++) {
			String identity = "Quen" + (char) ('a' + i % 26) + "tin Smithson" + i;
			boolean planted = i % 2 == 0;
			String text = planted ? forms.get(i / 2 % forms.size()).apply(identity) : "all of you";
			ModelAnswer answer = gateway.ask(GatewayFixture.request("Write to " + text + ".", identity));
			assertThat(answer).isInstanceOf(planted ? Unanswered.class : Answered.class);
		}
		assertThat(requests("openai")).isEqualTo(100);
		assertThat(STUB.findAll(anyRequestedFor(anyUrl())))
			.allSatisfy((request) -> assertThat(request.getBodyAsString().replaceAll("[^A-Za-z0-9]", ""))
				.doesNotContainIgnoringCase("smithson"));
	}

	@Test
	void storesAnswersWithoutPersonalData() {
		String reply = "{\"subject\": \"Ask bob@example.org or Quentin Smithson\", \"score\": 7}";
		stub("openai", json(OpenAiModelTests.body(reply, "stop", "null")));
		ProviderGateway gateway = this.fixture.gateway(openai());
		gateway.ask(GatewayFixture.request());
		gateway.ask(GatewayFixture.request("Write.", "Quentin Smithson"));
		assertThat(this.fixture.budget.results.get(0).answer()).contains("[email]").doesNotContain("bob@");
		assertThat(this.fixture.budget.results.get(1).answer()).doesNotContain("Smithson");
	}

	private ProviderGateway both() {
		return this.fixture.gateway(openai(), claude());
	}

	private static ModelProviderSettings openai() {
		return GatewayFixture.provider("openai", "openai", STUB.baseUrl() + "/openai/v1");
	}

	private static ModelProviderSettings claude() {
		return GatewayFixture.provider("claude", "anthropic", STUB.baseUrl() + "/claude");
	}

	private static ResponseDefinitionBuilder answer() {
		return json(new AnthropicModelTests().success(GatewayFixture.ANSWER));
	}

	private static ResponseDefinitionBuilder json(String body) {
		return aResponse().withStatus(200).withHeader("Content-Type", "application/json").withBody(body);
	}

	private static void stub(String folder, ResponseDefinitionBuilder response) {
		STUB.stubFor(any(urlPathMatching("/" + folder + "/.*")).willReturn(response));
	}

	private static int requests(String folder) {
		return (int) STUB.findAll(anyRequestedFor(anyUrl()))
			.stream()
			.filter((request) -> request.getUrl().startsWith("/" + folder + "/"))
			.count();
	}

}
