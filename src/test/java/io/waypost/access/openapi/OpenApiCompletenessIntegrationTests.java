package io.waypost.access.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** What a reader of the OpenAPI document needs to call the API. */
@WaypostTest
class OpenApiCompletenessIntegrationTests {

	private PublicApi api;

	private JsonNode document;

	private final Map<String, JsonNode> operations = new LinkedHashMap<>();

	@BeforeEach
	void read(@LocalServerPort int port) {
		this.api = PublicApi.on(port);
		this.document = this.api.read("/v3/api-docs");
		this.document.path("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.properties()
				.forEach((method) -> this.operations.put(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
						method.getValue())));
		assertThat(this.operations).isNotEmpty();
	}

	@Test
	void hasATitleAVersionAndADescription() {
		assertThat(this.document.at("/info/title").asText()).containsIgnoringCase("waypost");
		assertThat(this.document.at("/info/version").asText()).isNotBlank().isNotEqualTo("v0");
		assertThat(this.document.at("/info/description").asText()).isNotBlank();
		assertThat(this.document.path("openapi").asText()).startsWith("3.");
	}

	@Test
	void declaresTheSchemeOfEachOperation() {
		Set<String> schemes = new TreeSet<>();
		this.document.at("/components/securitySchemes").fieldNames().forEachRemaining(schemes::add);
		assertThat(this.document.at("/components/securitySchemes"))
			.anySatisfy((scheme) -> assertThat(scheme.path("scheme").asText()).isEqualToIgnoringCase("bearer"));
		List<String> wrong = new ArrayList<>();
		this.operations.forEach((name, operation) -> {
			JsonNode security = operation.has("security") ? operation.path("security") : this.document.path("security");
			List<String> used = new ArrayList<>();
			security.forEach((one) -> one.fieldNames().forEachRemaining(used::add));
			if (used.isEmpty() || !schemes.containsAll(used)) {
				wrong.add(name + " " + used);
			}
		});
		assertThat(wrong).isEmpty();
	}

	@Test
	void distinguishesWriteKeysFromTokens() {
		JsonNode tracking = this.operations.get("POST /v1/batch").path("security");
		JsonNode management = this.operations.get("POST /api/v1/campaigns");
		assertThat(tracking).isNotEmpty();
		assertThat(tracking.toString()).isNotEqualTo(
				(management.has("security") ? management.path("security") : this.document.path("security")).toString());
	}

	@Test
	void describesErrorsOfEachOperation() {
		List<String> wrong = new ArrayList<>();
		this.operations.forEach((name, operation) -> {
			Set<String> statuses = new TreeSet<>();
			operation.path("responses").properties().forEach((response) -> {
				statuses.add(response.getKey());
				if (response.getKey().matches("[45].*") && !isProblem(response.getValue())) {
					wrong.add(name + " " + response.getKey() + " is no problem");
				}
			});
			List<String> expected = new ArrayList<>(List.of("401"));
			if (operation.has("requestBody")) {
				expected.add("400");
			}
			if (name.startsWith("POST /v1/")) {
				expected.addAll(List.of("413", "429", "503"));
			}
			else if (!name.startsWith("GET")) {
				expected.add("403");
			}
			if (name.contains("/{") && !name.contains("/v1/{type}")) {
				expected.add("404");
			}
			if (!statuses.containsAll(expected)) {
				wrong.add(name + " has " + statuses + ", not " + expected);
			}
		});
		assertThat(wrong).isEmpty();
	}

	@Test
	void showsAnExampleOfEachBodyAndAnswer() {
		List<String> wrong = new ArrayList<>();
		this.operations.forEach((name, operation) -> {
			operation.at("/requestBody/content").properties().forEach((media) -> {
				if (!hasExample(media.getValue())) {
					wrong.add(name + " request " + media.getKey());
				}
			});
			operation.path("responses")
				.properties()
				.stream()
				.filter((response) -> response.getKey().startsWith("2"))
				.forEach((response) -> response.getValue().path("content").properties().forEach((media) -> {
					if (!hasExample(media.getValue())) {
						wrong.add(name + " " + response.getKey() + " " + media.getKey());
					}
				}));
		});
		assertThat(wrong).isEmpty();
	}

	@Test
	void showsAnExampleOfAProblem() {
		List<String> wrong = new ArrayList<>();
		this.operations.forEach((name, operation) -> operation.path("responses")
			.properties()
			.stream()
			.filter((response) -> response.getKey().equals("400"))
			.forEach((response) -> {
				JsonNode media = resolve(response.getValue()).at("/content/application~1problem+json");
				String text = media.toString() + resolve(media.path("schema"));
				if (!text.contains("detail") || !text.contains("errors")) {
					wrong.add(name);
				}
			}));
		assertThat(wrong).isEmpty();
	}

	@Test
	void resolvesEveryReference() {
		Set<String> references = new TreeSet<>(this.document.findValuesAsText("$ref"));
		assertThat(references).isNotEmpty();
		references.removeIf((reference) -> !this.document.at(reference.substring(1)).isMissingNode());
		assertThat(references).as("references to nothing").isEmpty();
	}

	@Test
	void namesEachOperationOnce() {
		List<String> ids = this.document.path("paths").findValuesAsText("operationId");
		assertThat(ids).doesNotHaveDuplicates().hasSameSizeAs(this.operations.keySet());
	}

	@Test
	void describesEachPathParameter() {
		List<String> wrong = new ArrayList<>();
		this.operations.forEach((name, operation) -> {
			for (String part : name.split("/", -1)) {
				if (part.startsWith("{") && operation.path("parameters")
					.findValuesAsText("name")
					.stream()
					.noneMatch((parameter) -> part.equals("{" + parameter + "}"))) {
					wrong.add(name + " " + part);
				}
			}
		});
		assertThat(wrong).isEmpty();
	}

	/** The examples are those that people copy first. */
	@Test
	void showsExamplesWhoseFieldsAreAccepted() {
		List<String> wrong = new ArrayList<>();
		this.operations.forEach((name, operation) -> {
			JsonNode example = operation.at("/requestBody/content/application~1json/example");
			// Accounts of the examples would stay for later tests
			if (!example.isMissingNode() && !name.matches(".*/(users|tenants|tokens|sources)\\b.*")) {
				String[] call = name.split(" ", 2);
				Reply reply = this.api.call(call[0], call[1].replaceAll("\\{[^}]+}", "1").replace("/v1/1", "/v1/track"),
						example.toString());
				if (reply.status() == 400) {
					for (JsonNode error : reply.json().path("errors")) {
						if (error.path("detail").asText().matches("(?s).*(unknown field|is not a field|not known).*")
								|| error.path("pointer").asText().matches(".*/(variants|arms|postalAddress).*")) {
							wrong.add(name + " " + error);
						}
					}
				}
			}
		});
		assertThat(wrong).isEmpty();
	}

	@Test
	void showsACampaignWithTheBriefThatAPostTakes() {
		JsonNode brief = this.operations.get("GET /api/v1/campaigns/{id}")
			.at("/responses/200/content/application~1json/example/brief");
		assertThat(brief.isMissingNode()).isFalse();
		Reply reply = this.api.post("/api/v1/campaigns", brief.toString());
		if (reply.status() == 400) {
			assertThat(reply.pointers()).as(reply.text()).doesNotContain("/test", "/experiment/percent");
			assertThat(reply.text()).doesNotContain("unknown field").doesNotContain("/experiment/variants\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST /api/v1/campaigns/trigger", "POST /api/v1/campaigns", "GET /api/v1/campaigns/{id}",
			"POST /api/v1/campaigns/{id}/launch", "POST /api/v1/campaigns/{id}/pause",
			"POST /api/v1/campaigns/{id}/resume", "POST /api/v1/campaigns/{id}/cancel", "GET /api/v1/sends",
			"GET /api/v1/sends/{id}", "GET /api/v1/sends/{id}/content", "GET /api/v1/profiles/{userId}",
			"GET /api/v1/profiles/{userId}/features", "GET /api/v1/profiles/{userId}/events",
			"GET /api/v1/profiles/{userId}/consents", "PUT /api/v1/profiles/{userId}/consents/{topic}",
			"GET /api/v1/profiles/{userId}/export", "DELETE /api/v1/profiles/{userId}", "GET /api/v1/suppressions",
			"POST /api/v1/suppressions", "GET /api/v1/segments", "POST /api/v1/segments", "GET /api/v1/templates",
			"POST /api/v1/templates", "GET /api/v1/brands", "POST /api/v1/brands", "GET /api/v1/catalog/items",
			"POST /api/v1/catalog/items", "GET /api/v1/experiments", "POST /api/v1/experiments",
			"GET /api/v1/dead-letters", "POST /api/v1/dead-letters/{id}/replay", "GET /api/v1/ledger/verify" })
	void describesTheOperationsOfTheContract(String operation) {
		assertThat(this.operations).containsKey(operation);
	}

	private boolean isProblem(JsonNode response) {
		return resolve(response).path("content").has("application/problem+json");
	}

	private JsonNode resolve(JsonNode node) {
		return node.has("$ref") ? this.document.at(node.path("$ref").asText().substring(1)) : node;
	}

	private static boolean hasExample(JsonNode media) {
		return media.has("example") || !media.path("examples").isEmpty();
	}

}
