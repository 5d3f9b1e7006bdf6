package io.waypost.access.problem;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests that no controller sees are refused with the wrong value and the remedy. */
class RequestExceptionHandlerTests {

	private final MockMvcTester http = MockMvcTester.of(List.of(new OrderController()),
			(server) -> server.setControllerAdvice(new RequestExceptionHandler()).build());

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"name\":|The body is not valid JSON (line 1, column 9)", "[]|The body must be a JSON object",
					"17|The body must be a JSON object", "{\"name\":[]}|/name: must be a string",
					"{\"count\":\"many\"}|/count: must be a number",
					"{\"lines\":[{\"a/b\":{}},{\"a/b\":[]}]}|/lines/0/a~1b: must be a string",
					"{\"lines\":{}}|/lines: must be a JSON array", "``|The body is missing" })
	void locatesErrorInBody(String body, String detail) {
		MvcTestResult answer = post(body);
		assertThat(answer).hasStatus(400).hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(answer).bodyJson().extractingPath("$.detail").asString().startsWith(detail);
		assertThat(answer).bodyText().doesNotContain("java.", "io.waypost");
	}

	@Test
	void pointsAtWrongValue() {
		assertThat(post("{\"count\":\"many\"}")).bodyJson().extractingPath("$.errors[0].pointer").isEqualTo("/count");
	}

	@ParameterizedTest
	@CsvSource({ "/orders?limit=many,limit is 'many'; it must be a whole number",
			"/orders?cursor=x,cursor is 'x'; it must be an id from an earlier response" })
	void namesWrongParameter(String path, String detail) {
		assertThat(this.http.get().uri(path)).hasStatus(400).bodyJson().extractingPath("$.detail").isEqualTo(detail);
	}

	@Test
	void namesSupportedMethodsAndContentTypes() {
		assertThat(this.http.delete().uri("/orders")).hasStatus(405)
			.bodyJson()
			.extractingPath("$.detail")
			.asString()
			.contains("DELETE", "GET", "POST");
		assertThat(this.http.post().uri("/orders").contentType(MediaType.TEXT_PLAIN).content("x")).hasStatus(415)
			.bodyJson()
			.extractingPath("$.detail")
			.asString()
			.contains("text/plain", "application/json");
	}

	private MvcTestResult post(String body) {
		return this.http.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).content(body).exchange();
	}

	@RestController
	static class OrderController {

		@GetMapping("/orders")
		String list(@RequestParam(defaultValue = "1") int limit, @RequestParam(required = false) UUID cursor) {
			return "%d %s".formatted(limit, cursor);
		}

		@PostMapping("/orders")
		String add(@RequestBody SampleOrder order) {
			return order.toString();
		}

	}

	record SampleOrder(String name, int count, List<SampleOrderLine> lines) {

	}

	record SampleOrderLine(@JsonProperty("a/b") String text) {

	}

}
