package io.waypost.content.liquid;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Role;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Contract of {@code POST /api/v1/liquid/renders}. */
@WaypostTest
class LiquidRenderIntegrationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	private final ObjectMapper json = new ObjectMapper();

	@LocalServerPort
	private int port;

	@Test
	void rendersATextWithTheDataOfTheRequest() throws Exception {
		HttpResponse<String> answer = render(
				Map.of("template", "{% for i in items %}{{ i.name | upcase }} {% endfor %}{{ x }}", "data",
						Map.of("items", new Object[] { Map.of("name", "mug"), Map.of("name", "cup") })));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(this.json.readTree(answer.body())).isEqualTo(this.json.readTree("{\"text\":\"MUG CUP \"}"));
		assertThat(render(Map.of("template", "no data")).body()).isEqualTo("{\"text\":\"no data\"}");
	}

	@Test
	void namesLineAndColumnOfARefusedText() throws Exception {
		JsonNode problem = problem(render(Map.of("template", "Hello\n {% if x %}")));
		assertThat(problem.path("line").intValue()).isEqualTo(2);
		assertThat(problem.path("column").intValue()).isEqualTo(2);
		assertThat(problem.path("detail").textValue()).contains("/template", "line 2, column 2", "add {% endif %}");
		assertThat(problem.at("/errors/0/pointer").textValue()).isEqualTo("/template");
		assertThat(problem(render(Map.of("template", "{{ 1 | divided_by: 0 }}"))).path("column").intValue())
			.isEqualTo(8);
		assertThat(problem(render(Map.of("template", "{% include 'x' %}"))).path("detail").textValue())
			.contains("cannot include files");
		assertThat(
				problem(render(Map.of("template", "{% for i in (1..9999) %}{% endfor %}"))).path("detail").textValue())
			.contains("maxIterations");
	}

	@Test
	void refusesUndefinedVariablesWhenStrict() throws Exception {
		Map<String, Object> request = Map.of("template", "Hello {{ user.name }}", "data", Map.of("user", Map.of()),
				"strict", true);
		assertThat(problem(render(request)).path("detail").textValue()).contains("line 1, column 10", "'name'");
		assertThat(problem(render(Map.of("template", "{{ nosuch }}", "strict", true))).path("detail").textValue())
			.contains("'nosuch' is not defined");
	}

	@Test
	void refusesABodyWithoutTemplateAndUnknownFields() throws Exception {
		assertThat(render(Map.of("data", Map.of())).statusCode()).isEqualTo(400);
		assertThat(render(Map.of("template", "x", "dat", Map.of())).body()).contains("data");
	}

	@Test
	void requiresTheRightToChangeContent() throws Exception {
		assertThat(post(TestTenant.token(Role.REVIEWER), "{\"template\":\"x\"}").statusCode()).isEqualTo(403);
		assertThat(post(TestTenant.token(Role.MARKETER), "{\"template\":\"x\"}").statusCode()).isEqualTo(200);
	}

	private JsonNode problem(HttpResponse<String> answer) throws Exception {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		return this.json.readTree(answer.body());
	}

	private HttpResponse<String> render(Map<String, Object> body) throws Exception {
		return post(TestTenant.TOKEN, this.json.writeValueAsString(body));
	}

	private HttpResponse<String> post(String token, String body) throws Exception {
		return this.http
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/api/v1/liquid/renders"))
				.header("Authorization", "Bearer " + token)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(body))
				.build(), HttpResponse.BodyHandlers.ofString());
	}

}
