package io.waypost.delivery.esp.sendgrid;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.waypost.delivery.esp.Esp;
import io.waypost.delivery.esp.EspContract;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.SubmitOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

class SendGridEspTests implements EspContract {

	private static final WireMockServer SENDGRID = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	@BeforeAll
	static void start() {
		SENDGRID.start();
	}

	@AfterAll
	static void stop() {
		SENDGRID.stop();
	}

	@BeforeEach
	void reset() {
		SENDGRID.resetAll();
	}

	@Override
	public Esp working() {
		answer(aResponse().withStatus(202).withHeader("X-Message-Id", "sg-1"));
		return esp(SENDGRID.baseUrl());
	}

	@Override
	public Esp unreachable() {
		try (ServerSocket unusedPort = new ServerSocket(0)) {
			return esp("http://localhost:" + unusedPort.getLocalPort());
		}
		catch (IOException fault) {
			throw new IllegalStateException(fault);
		}
	}

	@Override
	public Esp silent() {
		answer(aResponse().withStatus(202).withFixedDelay(8000));
		return esp(SENDGRID.baseUrl());
	}

	@Override
	public int offered() {
		return SENDGRID.getAllServeEvents().size();
	}

	@Test
	void storesTheProvidersId() {
		assertThat(working().submit(EspContract.email())).isEqualTo(new SubmitOutcome.Accepted("sg-1"));
		SENDGRID.verify(
				postRequestedFor(urlEqualTo("/v3/mail/send")).withHeader("Authorization", equalTo("Bearer SG.test")));
	}

	@Test
	void sendsOnlyTheSendIdAsCustomArgument() throws IOException {
		working().submit(EspContract.email());
		JsonNode body = body();
		JsonNode recipient = body.at("/personalizations/0");
		assertThat(recipient.at("/to/0/email").asText()).isEqualTo("ada@example.com");
		assertThat(recipient.path("custom_args").toString())
			.isEqualTo("{\"send_id\":\"019aa000-0000-7000-8000-000000000001\"}");
		assertThat(recipient.at("/headers/List-Unsubscribe-Post").asText()).isEqualTo("List-Unsubscribe=One-Click");
		assertThat(body.has("categories")).isFalse();
		assertThat(body.at("/tracking_settings/click_tracking/enable").asBoolean(true)).isFalse();
		assertThat(body.at("/tracking_settings/open_tracking/enable").asBoolean(true)).isFalse();
		assertThat(body.at("/content/0/type").asText()).isEqualTo("text/plain");
		assertThat(body.at("/content/1/value").asText()).contains("Grüße");
	}

	/**
	 * Compares with the recorded requests of the official Node client: no field may be
	 * sent that it does not know.
	 */
	@Test
	void sendsRequestsLikeTheOfficialClient() throws IOException {
		Path recorded = Path.of("../shared/data/esp_requests/wire_official_sdks.json");
		assumeThat(recorded).as("recorded requests of the official clients").exists();
		JsonNode official = new ObjectMapper().readTree(Files.readAllBytes(recorded)).get(0);
		JsonNode theirs = new ObjectMapper().readTree(official.path("body").asText());
		working().submit(EspContract.email());
		TreeSet<String> ours = new TreeSet<>();
		body().fieldNames().forEachRemaining(ours::add);
		TreeSet<String> known = new TreeSet<>();
		theirs.fieldNames().forEachRemaining(known::add);
		assertThat(known).containsAll(ours);
		assertThat(official.path("path").asText()).isEqualTo("/v3/mail/send");
	}

	@ParameterizedTest
	@CsvSource({ "400,Rejected", "413,Rejected", "401,Refused", "403,Refused", "404,Refused", "429,Refused",
			"500,Unknown", "502,Unknown", "503,Unknown", "504,Unknown" })
	void mapsEveryAnswer(int status, String outcome) {
		answer(aResponse().withStatus(status));
		assertThat(esp(SENDGRID.baseUrl()).submit(EspContract.email()).getClass().getSimpleName()).isEqualTo(outcome);
		assertThat(offered()).as("one request for every answer").isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void callsOnceForEveryFault(Fault fault) {
		answer(aResponse().withFault(fault));
		assertThat(esp(SENDGRID.baseUrl()).submit(EspContract.email())).isInstanceOf(SubmitOutcome.Unknown.class);
		assertThat(offered()).isEqualTo(1);
	}

	@Test
	void returnsTheRetryAfterOfTheProvider() {
		answer(aResponse().withStatus(429).withHeader("Retry-After", "17"));
		assertThat(esp(SENDGRID.baseUrl()).submit(EspContract.email()))
			.isEqualTo(new SubmitOutcome.Refused("esp.throttled", Duration.ofSeconds(17)));
	}

	@Test
	void doesNotFollowARedirect() {
		answer(aResponse().withStatus(307).withHeader("Location", SENDGRID.baseUrl() + "/elsewhere"));
		esp(SENDGRID.baseUrl()).submit(EspContract.email());
		assertThat(offered()).isEqualTo(1);
	}

	@Test
	void requiresAnApiKey() {
		EspSettings withoutKey = settings("http://localhost", null);
		assertThatThrownBy(() -> new SendGridEsp(withoutKey)).hasMessageContaining("waypost.esp[n].api-key");
	}

	private static void answer(ResponseDefinitionBuilder answer) {
		SENDGRID.stubFor(post(urlEqualTo("/v3/mail/send")).willReturn(answer));
	}

	private static JsonNode body() throws IOException {
		return new ObjectMapper().readTree(SENDGRID.getAllServeEvents().getFirst().getRequest().getBody());
	}

	private static Esp esp(String baseUrl) {
		return new SendGridEsp(settings(baseUrl, "SG.test"));
	}

	private static EspSettings settings(String baseUrl, String key) {
		return new EspSettings("sendgrid", "sendgrid", baseUrl, key, "localhost", 25, null, null, false, null, 0,
				Duration.ofSeconds(3), Duration.ZERO, EspSettings.MESSAGES);
	}

}
