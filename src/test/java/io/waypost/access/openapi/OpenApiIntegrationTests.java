package io.waypost.access.openapi;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The OpenAPI document describes every operation completely. */
@WaypostTest
class OpenApiIntegrationTests {

	private final ObjectMapper json;

	private final int port;

	private JsonNode document;

	private final List<Operation> operations = new ArrayList<>();

	OpenApiIntegrationTests(@Autowired ObjectMapper json, @LocalServerPort int port) {
		this.json = json;
		this.port = port;
		this.document = json.missingNode();
	}

	private record Operation(String name, JsonNode definition) {

		@Override
		public String toString() {
			return this.name;
		}

		JsonNode successResponse() {
			return this.definition.path("responses")
				.properties()
				.stream()
				.filter((response) -> response.getKey().startsWith("2"))
				.findFirst()
				.orElseThrow(() -> new AssertionError(this.name + " has no successful response"))
				.getValue();
		}

	}

	@BeforeEach
	void readDocument() throws IOException, InterruptedException {
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v3/api-docs".formatted(this.port)))
				.header("Authorization", "Bearer " + TestTenant.TOKEN)
				.build(), HttpResponse.BodyHandlers.ofString());
		this.document = this.json.readTree(response.body());
		this.document.path("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.properties()
				.forEach((method) -> this.operations.add(new Operation(
						method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue()))));
		assertThat(this.operations).hasSizeGreaterThan(50);
	}

	@Test
	void hasTitleAndSecuritySchemes() {
		assertThat(this.document.at("/info/title").asText()).isEqualTo("Waypost API");
		assertThat(this.document.at("/info/description").asText()).contains("RFC 9457");
		assertThat(this.document.at("/components/securitySchemes").properties()).extracting((scheme) -> scheme.getKey())
			.containsExactlyInAnyOrder("apiToken", "user", "writeKey");
		assertThat(this.document.path("security")).isNotEmpty();
	}

	@Test
	void describesOnlyTheApi() {
		assertThat(this.operations)
			.allSatisfy((operation) -> assertThat(operation.name().split(" ", 2)[1]).matches("/(api/)?v1/.*"));
	}

	@Test
	void summarisesEveryOperation() {
		assertThat(this.operations).filteredOn((operation) -> operation.definition().path("summary").asText().isBlank())
			.isEmpty();
	}

	@Test
	void showsAnExampleOfEveryBody() {
		assertThat(this.operations).filteredOn((operation) -> operation.definition().has("requestBody"))
			.filteredOn((operation) -> !hasExamples(operation.definition().path("requestBody")))
			.isEmpty();
		assertThat(this.operations).filteredOn((operation) -> operation.successResponse().has("content"))
			.filteredOn((operation) -> !hasExamples(operation.successResponse()))
			.isEmpty();
	}

	@Test
	void showsOnlyFieldsThatTheRequestHas() {
		for (Operation operation : this.operations) {
			JsonNode media = operation.definition().at("/requestBody/content/application~1json");
			JsonNode schema = resolve(media.path("schema"));
			JsonNode example = media.path("example").isArray() ? media.path("example").path(0) : media.path("example");
			if (schema.path("properties").isObject() && example.isObject()) {
				example.fieldNames()
					.forEachRemaining(
							(field) -> assertThat(schema.path("properties").has(field)).as("%s %s", operation, field)
								.isTrue());
			}
		}
	}

	@Test
	void listsErrorResponsesOfEveryOperation() {
		for (Operation operation : this.operations) {
			JsonNode responses = operation.definition().path("responses");
			assertThat(responses.has("401")).as("%s", operation).isTrue();
			assertThat(responses.has("503")).as("%s", operation).isTrue();
			responses.properties().stream().filter((response) -> response.getKey().startsWith("4")).forEach((error) -> {
				JsonNode media = error.getValue().path("content").path("application/problem+json");
				assertThat(media.at("/schema/$ref").asText()).as("%s", operation)
					.isEqualTo("#/components/schemas/Problem");
				assertThat(media.path("example").path("status").asText()).isEqualTo(error.getKey());
			});
		}
	}

	@Test
	void showsTheIdempotencyKeyOfEveryPost() {
		for (Operation operation : this.operations) {
			boolean shown = operation.definition()
				.path("parameters")
				.valueStream()
				.anyMatch((parameter) -> parameter.path("in").asText().equals("header")
						&& parameter.path("name").asText().equals("Idempotency-Key"));
			assertThat(shown).as("%s", operation).isEqualTo(operation.name().startsWith("POST /api/v1/"));
			assertThat(!shown || operation.definition().at("/responses").has("422")).as("%s", operation).isTrue();
		}
	}

	private JsonNode resolve(JsonNode schema) {
		String reference = schema.path("$ref").asText();
		return reference.isEmpty() ? schema : this.document.at(reference.substring(1));
	}

	private static boolean hasExamples(JsonNode described) {
		return described.path("content").size() > 0
				&& described.path("content").valueStream().allMatch((media) -> media.has("example"));
	}

}
