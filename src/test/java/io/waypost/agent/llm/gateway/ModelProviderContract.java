package io.waypost.agent.llm.gateway;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.waypost.agent.llm.ModelAnswer;
import io.waypost.agent.llm.ModelAnswer.Answered;
import io.waypost.agent.llm.ModelAnswer.Reason;
import io.waypost.agent.llm.provider.ModelProvider;
import io.waypost.agent.llm.provider.ModelProviderSettings;
import io.waypost.agent.llm.provider.ModelProviders;
import io.waypost.agent.llm.provider.ProviderRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What each provider of language models must do. The real client talks to a stub. */
abstract class ModelProviderContract {

	static final WireMockServer STUB = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	static final ObjectMapper JSON = new ObjectMapper();

	final GatewayFixture fixture = new GatewayFixture();

	/** Returns settings of a provider at a server. */
	abstract ModelProviderSettings settings(String server);

	/** Returns the body of a response with a text. */
	abstract String success(String text);

	/** Returns the body of a response in which the model refuses. */
	abstract String refusal();

	/** Returns the body of a response that reached max_tokens. */
	abstract String truncated(String text);

	/** Returns the body of a response without any content. */
	abstract String empty();

	/** Returns the body of a response without usage. */
	abstract String withoutUsage(String text);

	/**
	 * Returns the body of a response with 1000 prompt tokens of which 800 were cached.
	 */
	abstract String cached(String text);

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
	void answers() {
		stub(ok(success(GatewayFixture.ANSWER)));
		Answered answer = (Answered) ask();
		assertThat(answer.json().path("subject").asText()).isEqualTo("Your basil is back");
		assertThat(answer.provider()).isEqualTo("first");
		assertThat(answer.model()).isEqualTo("large-2026");
		assertThat(answer.cost()).isEqualByComparingTo("0.002");
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "settle answered 120/0/0/30");
		assertThat(this.fixture.budget.requests.getFirst().promptTokens()).isBetween(100L, 400L);
		assertRequests(1);
	}

	@Test
	void sendsFinalTextAndTheSchema() throws JsonProcessingException {
		stub(ok(success(GatewayFixture.ANSWER)));
		ask();
		JsonNode body = JSON.readTree(requests().getFirst().getBodyAsString());
		assertThat(body.path("model").asText()).isEqualTo("large");
		assertThat(body.path("stream").asBoolean()).isFalse();
		assertThat(body.toString()).contains("{{first_name}} is a merge tag").contains("maxLength 60");
		assertThat(body.toString()).doesNotContain("\"maxLength\"").contains("\"additionalProperties\":false");
	}

	@Test
	void waitsAsLongAsTheProviderAsks() {
		stubInOrder(aResponse().withStatus(429).withHeader("Retry-After", "7"), ok(success(GatewayFixture.ANSWER)));
		assertThat(ask()).isInstanceOf(Answered.class);
		assertThat(this.fixture.waits).singleElement()
			.satisfies((wait) -> assertThat(wait).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8)));
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "release rate_limited", "reserve large",
				"settle answered 120/0/0/30");
		assertRequests(2);
	}

	@Test
	void waitsUntilADate() {
		String date = DateTimeFormatter.RFC_1123_DATE_TIME
			.format(this.fixture.clock.instant().plusSeconds(5).atZone(this.fixture.clock.getZone()));
		stubInOrder(aResponse().withStatus(503).withHeader("Retry-After", date), ok(success(GatewayFixture.ANSWER)));
		assertThat(ask()).isInstanceOf(Answered.class);
		assertThat(this.fixture.waits.getFirst()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
	}

	@Test
	void pausesAProviderThatAsksForMoreThanTheTimeLeft() {
		stub(aResponse().withStatus(429).withHeader("Retry-After", "120"));
		ProviderGateway gateway = this.fixture.gateway(settings(STUB.baseUrl()));
		assertThat(GatewayFixture.reason(gateway.ask(GatewayFixture.request()))).isEqualTo(Reason.UNAVAILABLE);
		assertThat(GatewayFixture.reason(gateway.ask(GatewayFixture.request()))).isEqualTo(Reason.UNAVAILABLE);
		assertThat(this.fixture.waits).isEmpty();
		assertRequests(1);
		stub(ok(success(GatewayFixture.ANSWER)));
		this.fixture.clock.advance(Duration.ofSeconds(121));
		assertThat(gateway.ask(GatewayFixture.request())).isInstanceOf(Answered.class);
	}

	@ParameterizedTest
	@ValueSource(ints = { 408, 409, 500, 503, 529 })
	void triesTwiceAtMost(int status) {
		stub(aResponse().withStatus(status));
		assertThat(GatewayFixture.reason(ask())).isEqualTo(Reason.UNAVAILABLE);
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "settle status_" + status,
				"reserve large", "settle status_" + status);
		assertRequests(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404 })
	void doesNotRepeatOrChargeARefusedRequest(int status) {
		stub(aResponse().withStatus(status).withBody("{\"error\": {\"type\": \"invalid_request_error\"}}"));
		assertThat(GatewayFixture.reason(ask())).isEqualTo(Reason.UNAVAILABLE);
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "release status_" + status);
		assertRequests(1);
	}

	@Test
	void doesNotFollowRedirects() {
		stub(aResponse().withStatus(307).withHeader("Location", STUB.baseUrl() + "/elsewhere"));
		assertThat(GatewayFixture.reason(ask())).isEqualTo(Reason.UNAVAILABLE);
		assertRequests(1);
	}

	@Test
	void endsASlowRequest() {
		stub(ok(success(GatewayFixture.ANSWER)).withFixedDelay(3000));
		assertThat(GatewayFixture.reason(askImpatiently())).isEqualTo(Reason.UNAVAILABLE);
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "settle timeout");
		assertRequests(1);
	}

	@Test
	void endsASlowBody() {
		stub(ok(success(GatewayFixture.ANSWER) + " ".repeat(1000)).withChunkedDribbleDelay(20, 4000));
		long start = System.nanoTime();
		assertThat(GatewayFixture.reason(askImpatiently())).isEqualTo(Reason.UNAVAILABLE);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		assertRequests(1);
	}

	@ParameterizedTest
	@EnumSource(value = Fault.class, names = { "CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE" })
	void repeatsALostConnectionOnce(Fault fault) {
		stub(aResponse().withFault(fault));
		assertThat(GatewayFixture.reason(ask())).isEqualTo(Reason.UNAVAILABLE);
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "settle connection_lost",
				"reserve large", "settle connection_lost");
		assertRequests(2);
	}

	@Test
	void releasesWhatNeverArrived() throws IOException {
		int port;
		try (ServerSocket unused = new ServerSocket(0)) {
			port = unused.getLocalPort();
		}
		ModelAnswer answer = this.fixture.gateway(settings("http://localhost:" + port)).ask(GatewayFixture.request());
		assertThat(GatewayFixture.reason(answer)).isEqualTo(Reason.UNAVAILABLE);
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "release not_connected");
	}

	@Test
	void doesNotUseBrokenResponses() {
		String body = success(GatewayFixture.ANSWER);
		stub(ok(body.substring(0, body.length() / 2)));
		assertThat(GatewayFixture.reason(ask())).isEqualTo(Reason.UNUSABLE);
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "settle unreadable");
		assertRequests(1);
	}

	@Test
	void refusesHugeResponses() {
		stub(ok(success("x".repeat(2_000_000))));
		assertThat(GatewayFixture.reason(ask())).isEqualTo(Reason.UNUSABLE);
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "settle too_large");
		assertRequests(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \n\t ", "{\"subject\": \"Your basil", "{\"subject\": 3, \"score\": 7}",
			"{\"subject\": \"a\", \"score\": 7} {\"subject\": \"b\", \"score\": 7}", "I cannot do that." })
	void doesNotUseAnswersWithoutTheSchema(String text) {
		stub(ok(success(text)));
		assertThat(GatewayFixture.reason(ask())).isEqualTo(Reason.UNUSABLE);
		assertThat(this.fixture.budget.events).hasSize(2).last().asString().endsWith("120/0/0/30");
		assertRequests(1);
	}

	@Test
	void doesNotUseTruncatedAnswers() {
		stub(ok(truncated(GatewayFixture.ANSWER)));
		assertThat(GatewayFixture.reason(ask())).isEqualTo(Reason.UNUSABLE);
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "settle truncated 120/0/0/30");
	}

	@Test
	void doesNotUseResponsesWithoutContent() {
		stub(ok(empty()));
		assertThat(GatewayFixture.reason(ask())).isEqualTo(Reason.UNUSABLE);
		assertRequests(1);
	}

	@Test
	void reportsARefusal() {
		stub(ok(refusal()));
		assertThat(GatewayFixture.reason(ask())).isEqualTo(Reason.REFUSED);
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "settle refused 120/0/0/30");
		assertRequests(1);
	}

	@Test
	void keepsTheReservationWithoutUsage() {
		stub(ok(withoutUsage(GatewayFixture.ANSWER)));
		assertThat(((Answered) ask()).cost()).isEqualByComparingTo("0.01");
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "settle answered");
	}

	@Test
	void countsCachedTokensApart() {
		stub(ok(cached(GatewayFixture.ANSWER)));
		assertThat(ask()).isInstanceOf(Answered.class);
		assertThat(this.fixture.budget.events).last().asString().startsWith("settle answered 200/800/").endsWith("/30");
	}

	@Test
	void measuresRequestsTokensAndCost() {
		stub(ok(success(GatewayFixture.ANSWER)));
		ask();
		String[] tags = { "gen_ai.operation.name", "chat", "gen_ai.request.model", "large", "gen_ai.response.model",
				"large-2026", "purpose", "write" };
		assertThat(this.fixture.meters.get("gen_ai.client.operation").tags(tags).timer().count()).isEqualTo(1);
		assertThat(this.fixture.meters.get("gen_ai.client.token.usage")
			.tags(tags)
			.tag("gen_ai.token.type", "input")
			.counter()
			.count()).isEqualTo(120);
		assertThat(this.fixture.count("waypost.model.cost", "provider", "first", "model", "large", "purpose", "write"))
			.isEqualTo(0.002);
	}

	@Test
	void logsNeitherKeysNorPrompts() {
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		Logger client = (Logger) LoggerFactory.getLogger("org.springframework.web.client.DefaultRestClient");
		Level level = root.getLevel();
		root.setLevel(Level.TRACE);
		client.setLevel(Level.INFO);
		root.addAppender(appender);
		try {
			stubInOrder(aResponse().withStatus(500), ok(success(GatewayFixture.ANSWER)));
			ask();
		}
		finally {
			root.detachAppender(appender);
			root.setLevel(level);
		}
		List<ILoggingEvent> ours = appender.list.stream()
			.filter((event) -> !event.getLoggerName().contains("wiremock") && !event.getThreadName().startsWith("qtp"))
			.toList();
		assertThat(ours).isNotEmpty();
		assertThat(ours.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n")))
			.doesNotContain("sk-secret", "Basil costs", "garden shop", "basil is back");
	}

	@Test
	void checksTheBodyThatIsSent() {
		stub(ok(success(GatewayFixture.ANSWER)));
		List<String> checked = new ArrayList<>();
		ModelProvider provider = ModelProviders.create(settings(STUB.baseUrl()), this.fixture.clock);
		provider.complete(request(checked::add));
		assertThat(checked).containsExactly(requests().getFirst().getBodyAsString());
		assertThatIllegalStateException().isThrownBy(() -> provider.complete(request((body) -> {
			throw new IllegalStateException("blocked");
		}))).withMessage("blocked");
		assertRequests(1);
	}

	private static ProviderRequest request(Consumer<String> check) {
		return new ProviderRequest("large", "system", "user", "email", JSON.createObjectNode().put("type", "object"),
				100, 0.5, "p@1", Duration.ofSeconds(5), check);
	}

	@Test
	void settlesACallThatIsInterrupted() throws InterruptedException {
		stub(ok(success(GatewayFixture.ANSWER)).withFixedDelay(3000));
		AtomicBoolean interrupted = new AtomicBoolean();
		AtomicReference<ModelAnswer> answer = new AtomicReference<>();
		Thread caller = new Thread(() -> {
			answer.set(ask());
			interrupted.set(Thread.currentThread().isInterrupted());
		});
		caller.start();
		Awaitility.await().until(() -> !STUB.getAllServeEvents().isEmpty() || this.fixture.budget.events.size() == 1);
		caller.interrupt();
		caller.join(Duration.ofSeconds(10));
		assertThat(GatewayFixture.reason(answer.get())).isEqualTo(Reason.UNAVAILABLE);
		assertThat(this.fixture.budget.events).containsExactly("reserve large", "settle interrupted");
		assertThat(interrupted).as("the flag is kept").isTrue();
	}

	ModelAnswer ask() {
		return this.fixture.gateway(settings(STUB.baseUrl())).ask(GatewayFixture.request());
	}

	private ModelAnswer askImpatiently() {
		return this.fixture.gateway(GatewayFixture.impatient(settings(STUB.baseUrl()))).ask(GatewayFixture.request());
	}

	static ResponseDefinitionBuilder ok(String body) {
		return aResponse().withStatus(200).withHeader("Content-Type", "application/json").withBody(body);
	}

	static void stub(ResponseDefinitionBuilder response) {
		STUB.stubFor(any(anyUrl()).willReturn(response));
	}

	static void stubInOrder(ResponseDefinitionBuilder first, ResponseDefinitionBuilder second) {
		STUB.stubFor(any(anyUrl()).inScenario("order")
			.whenScenarioStateIs(Scenario.STARTED)
			.willReturn(first)
			.willSetStateTo("second"));
		STUB.stubFor(any(anyUrl()).inScenario("order").whenScenarioStateIs("second").willReturn(second));
	}

	static List<LoggedRequest> requests() {
		return STUB.findAll(anyRequestedFor(anyUrl()));
	}

	static void assertRequests(int count) {
		assertThat(requests()).hasSize(count);
	}

}
