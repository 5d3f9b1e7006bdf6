package io.waypost.access.problem;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.JsonBody;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** Every JSON body of the management API refuses unknown fields. */
@WaypostTest
class UnknownFieldsIntegrationTests {

	private static final List<RequestMethod> WRITES = List.of(RequestMethod.POST, RequestMethod.PUT,
			RequestMethod.PATCH);

	private final HttpClient http = HttpClient.newHttpClient();

	private final ObjectMapper json;

	private final RequestMappingHandlerMapping mappings;

	private final int port;

	UnknownFieldsIntegrationTests(@Autowired ObjectMapper json,
			@Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings,
			@LocalServerPort int port) {
		this.json = json;
		this.mappings = mappings;
		this.port = port;
	}

	private record Operation(RequestMethod method, String path) {

	}

	@Test
	void refusesUnknownFieldInEveryBody() throws Exception {
		List<Operation> operations = this.mappings.getHandlerMethods()
			.entrySet()
			.stream()
			.filter((mapping) -> hasJsonBody(mapping.getValue()))
			.flatMap(UnknownFieldsIntegrationTests::operations)
			.toList();
		assertThat(operations).hasSizeGreaterThan(10);
		for (Operation operation : operations) {
			HttpResponse<String> response = send(operation, "{\"zzzzzzzzz\": 1}");
			assertThat(response.statusCode()).as("%s answered %s", operation, response.body()).isEqualTo(400);
			JsonNode error = this.json.readTree(response.body()).at("/errors/0");
			assertThat(error.path("pointer").asText()).as("%s", operation).isEqualTo("/zzzzzzzzz");
			assertThat(error.path("detail").asText()).as("%s", operation)
				.startsWith("is not a known field; known fields are ");
		}
	}

	/** A controller that reads its JSON body as a tree has to name the body's type. */
	@Test
	void knowsTypeOfEveryTree() {
		assertThat(this.mappings.getHandlerMethods().values()).flatExtracting(UnknownFieldsIntegrationTests::bodies)
			.filteredOn((parameter) -> !isScim(parameter))
			.filteredOn((parameter) -> JsonNode.class.isAssignableFrom(parameter.getParameterType()))
			.allMatch((parameter) -> parameter.hasParameterAnnotation(JsonBody.class));
	}

	/** Directories send their own extensions to SCIM. */
	private static boolean isScim(MethodParameter parameter) {
		return parameter.getDeclaringClass().getPackageName().endsWith(".scim");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"POST|/api/v1/campaigns|{\"name\":\"a\",\"experimnt\":{}}|/experimnt|experiment",
			"POST|/api/v1/campaigns|{\"experiment\":{\"testPercnt\":20}}|/experiment/testPercnt|testPercent",
			"POST|/api/v1/campaigns|{\"experiment\":{\"variants\":[{\"name\":\"a\"},{\"subjct\":\"b\"}]}}|/experiment/variants/1/subjct|subject",
			"POST|/api/v1/catalog/items|[{\"id\":\"a\"},{\"prize\":1}]|/1/prize|price",
			"PUT|/api/v1/profiles/nobody/consents/news|{\"evidence\":{\"txt\":\"yes\"}}|/evidence/txt|text" })
	void namesNearestKnownField(RequestMethod method, String path, String body, String pointer, String nearest)
			throws Exception {
		HttpResponse<String> response = send(new Operation(method, path), body);
		JsonNode problem = this.json.readTree(response.body());
		assertThat(response.statusCode()).as("%s", problem).isEqualTo(400);
		assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo(pointer);
		assertThat(problem.at("/errors/0/detail").asText())
			.isEqualTo("is not a known field; did you mean '%s'?".formatted(nearest));
	}

	@Test
	void keepsFreeFormFieldsOpen() throws Exception {
		HttpResponse<String> response = send(new Operation(RequestMethod.POST, "/api/v1/campaigns/trigger"),
				"{\"userId\":\"nobody\",\"template\":\"none\",\"properties\":{\"anything\":1}}");
		assertThat(response.body()).doesNotContain("is not a known field");
	}

	private static boolean hasJsonBody(HandlerMethod method) {
		return bodies(method).stream()
			.anyMatch((parameter) -> !CharSequence.class.isAssignableFrom(parameter.getParameterType())
					&& !parameter.getParameterType().isArray() && !isFreeForm(parameter));
	}

	/** A body such as an event, which may have any field. */
	private static boolean isFreeForm(MethodParameter parameter) {
		JsonBody described = parameter.getParameterAnnotation(JsonBody.class);
		return described != null && JsonNode.class.isAssignableFrom(described.value());
	}

	private static List<MethodParameter> bodies(HandlerMethod method) {
		return Arrays.stream(method.getMethodParameters())
			.filter((parameter) -> parameter.hasParameterAnnotation(RequestBody.class))
			.toList();
	}

	private static Stream<Operation> operations(Map.Entry<RequestMappingInfo, HandlerMethod> mapping) {
		return mapping.getKey()
			.getMethodsCondition()
			.getMethods()
			.stream()
			.filter(WRITES::contains)
			.flatMap((method) -> mapping.getKey()
				.getPatternValues()
				.stream()
				.filter((path) -> path.startsWith("/api/v1/"))
				.map((path) -> new Operation(method, path)));
	}

	private HttpResponse<String> send(Operation operation, String body) throws IOException, InterruptedException {
		String path = operation.path()
			.replace("{version}", "1")
			.replace("{id}", new UUID(0, 1).toString())
			.replaceAll("\\{\\w+}", "unknown");
		return this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("Authorization", "Bearer " + TestTenant.TOKEN)
			.header("Content-Type", "application/json")
			.method(operation.method().name(), HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}
