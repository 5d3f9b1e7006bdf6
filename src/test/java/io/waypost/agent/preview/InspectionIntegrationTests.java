package io.waypost.agent.preview;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Role;
import io.waypost.agent.RunningShopFixture;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Contract of {@code POST /api/v1/inspections} and {@code POST /api/v1/redactions}. */
@WaypostTest
class InspectionIntegrationTests {

	private static final String FACTS = """
			,"facts":{"products":[{"id":"s1","name":"Wildflower mix","price":4.5,"currency":"EUR"}],
			"offers":[{"terms":"20 % off all seeds","percent":20,"until":"2036-12-07"},"free shipping"],
			"dates":["2020-03-02"]},"callToAction":{"label":"See all seeds"}""";

	private final HttpClient http = HttpClient.newHttpClient();

	private final ObjectMapper json = new ObjectMapper();

	@LocalServerPort
	private int port;

	@Autowired
	private ApplicationContext waypost;

	private RunningShopFixture shop;

	@BeforeEach
	void open() {
		this.shop = RunningShopFixture.in(this.waypost);
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@Test
	void scoresAndInspectsContent() throws Exception {
		JsonNode answer = ok(inspect("Everything costs 30 % less, says {{ name }}.", ""));
		assertThat(answer.path("scores").path("quality").doubleValue()).isBetween(0.1, 1.0);
		assertThat(answer.path("scores").path("relevance").doubleValue()).isBetween(0.0, 1.0);
		assertThat(answer.at("/scores/parts/0/name").textValue()).isNotBlank();
		assertThat(codes(answer)).containsExactly("slot_unfilled", "percent_unknown");
		JsonNode first = answer.at("/findings/0");
		assertThat(first.path("kind").textValue()).isEqualTo("slot");
		assertThat(first.path("severity").textValue()).isEqualTo("blocking");
		assertThat(first.path("where").textValue()).isEqualTo("paragraphs[0]");
		assertThat(first.path("detail").textValue()).isNotBlank();
		assertThat(answer.path("route").textValue()).isEqualTo("FALLBACK");
	}

	@Test
	void countsOffersDatesAndProductsOfTheRequestAsFacts() throws Exception {
		String text = "Take 20 % off, with free shipping, since 2 March 2020: Wildflower mix for €4.50.";
		assertThat(codes(ok(inspect(text, FACTS)))).isEmpty();
		assertThat(codes(ok(inspect(text, "")))).contains("percent_unknown", "promise_unfounded", "date_past",
				"price_unknown");
	}

	@Test
	void takesAStringAsTheLabelOfTheButton() throws Exception {
		assertThat(codes(ok(inspect("Hello.", ",\"callToAction\":\"See {{ category }}\"")))).contains("slot_unfilled");
		assertThat(codes(ok(inspect("Hello.", ",\"callToAction\":\"See all\"")))).isEmpty();
	}

	@Test
	void comparesItemsWithTheFacts() throws Exception {
		String items = FACTS + """
				,"items":[{"productId":"s1","name":"Wildflower mix","price":"€5.50"},{"productId":"nosuch"}]""";
		assertThat(codes(ok(inspect("Look at these.", items)))).contains("price_unknown", "product_unknown");
	}

	@Test
	void listsAllErrorsOfABody() throws Exception {
		HttpResponse<String> answer = post("/api/v1/inspections", TestTenant.TOKEN, """
				{"locale":"e n","text":" ","items":[{"name":"x"}],
				"facts":{"products":[{"name":"y","price":1,"currency":"ZZ1"},{"id":"nosuch"}]}}""");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(this.json.readTree(answer.body()).path("errors").findValuesAsText("pointer")).containsExactly(
				"/locale", "/subject", "/text", "/facts/products/0/currency", "/facts/products/1/id",
				"/items/0/productId");
		HttpResponse<String> unknown = inspect("Hello.", ",\"facts\":{\"offer\":[]}");
		assertThat(unknown.statusCode()).isEqualTo(400);
		assertThat(unknown.body()).contains("/facts/offer", "did you mean 'offers'?");
		assertThat(inspect("Hello.", ",\"template\":\"nosuch\"").statusCode()).isEqualTo(404);
		assertThat(inspect("Hello.", ",\"userId\":\"nosuch\"").body()).contains("/userId", "nosuch");
	}

	@Test
	void findsTheRecipientsDataAndStoresNothing(@Autowired JdbcTemplate jdbc) throws Exception {
		post("/v1/identify", null, """
				{"writeKey":"%s","userId":"judged-1","traits":{"email":"q@judged.example","lastName":"Quistgaard"}}"""
			.formatted(TestTenant.WRITE_KEY));
		Integer sends = jdbc.queryForObject("select count(*) from delivery.send", Integer.class);
		String recipient = ",\"userId\":\"judged-1\"";
		assertThat(codes(ok(inspect("Dear Ms Quistgaard, hello.", recipient)))).contains("pii.recipient");
		assertThat(ok(inspect("Dear Ms Quistgaard, hello.", recipient)).toString()).doesNotContain("Quistgaard");
		assertThat(jdbc.queryForObject("select count(*) from delivery.send", Integer.class)).isEqualTo(sends);
	}

	@Test
	void redactsATextAndCountsCodePoints() throws Exception {
		JsonNode answer = ok(post("/api/v1/redactions", TestTenant.TOKEN,
				"{\"text\":\"\uD83C\uDF31 ada@example.com, bob@example.com, ada@example.com\"}"));
		assertThat(answer.path("text").textValue())
			.isEqualTo("\uD83C\uDF31 <<PII:EMAIL_ADDRESS:1>>, <<PII:EMAIL_ADDRESS:2>>, <<PII:EMAIL_ADDRESS:1>>");
		assertThat(answer.at("/entities/0/type").textValue()).isEqualTo("EMAIL_ADDRESS");
		assertThat(answer.at("/entities/0/start").intValue()).isEqualTo(2);
		assertThat(answer.at("/entities/0/end").intValue()).isEqualTo(17);
		assertThat(answer.at("/entities/0/score").doubleValue()).isBetween(0.5, 1.0);
		assertThat(answer.path("entities")).hasSize(3);
	}

	@Test
	void refusesATextThatIsMissingOrTooLong() throws Exception {
		assertThat(post("/api/v1/redactions", TestTenant.TOKEN, "{}").body()).contains("/text", "is missing");
		assertThat(post("/api/v1/redactions", TestTenant.TOKEN, "{\"text\":\"x\",\"lang\":\"en\"}").body())
			.contains("/lang");
		assertThat(post("/api/v1/redactions", TestTenant.TOKEN, "{\"text\":\"x\",\"locale\":\"e n\"}").body())
			.contains("/locale", "BCP 47");
		assertThat(post("/api/v1/redactions", TestTenant.TOKEN, "{\"text\":\"%s\"}".formatted("x".repeat(50_001)))
			.statusCode()).isEqualTo(400);
	}

	@Test
	void requiresTheRightToPreview() throws Exception {
		for (String path : List.of("/api/v1/inspections", "/api/v1/redactions")) {
			assertThat(post(path, TestTenant.token(Role.REVIEWER), "{\"text\":\"x\"}").statusCode()).isEqualTo(403);
		}
	}

	private static List<String> codes(JsonNode answer) {
		List<String> codes = new ArrayList<>();
		answer.path("findings").forEach((finding) -> codes.add(finding.path("code").textValue()));
		return codes;
	}

	private JsonNode ok(HttpResponse<String> answer) throws Exception {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return this.json.readTree(answer.body());
	}

	private HttpResponse<String> inspect(String text, String more) throws Exception {
		return post("/api/v1/inspections", TestTenant.TOKEN,
				"{\"locale\":\"en-GB\",\"subject\":\"News from our garden shop\",\"text\":%s%s}"
					.formatted(this.json.writeValueAsString(text), more));
	}

	private HttpResponse<String> post(String path, String token, String body) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body));
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
