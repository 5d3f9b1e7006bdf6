package io.waypost.access.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;

/**
 * Examples of requests and responses by operation, such as
 * {@code POST /api/v1/campaigns}. They are recorded from the sample workspace.
 *
 * @param byOperation method and path to the example
 */
record OperationExamples(Map<String, OperationExample> byOperation) {

	private static final String FILE = "openapi/examples.json";

	static OperationExamples load(ObjectMapper json) {
		try (InputStream in = new ClassPathResource(FILE).getInputStream()) {
			return new OperationExamples(json.readValue(in, new TypeReference<>() {
			}));
		}
		catch (IOException failure) {
			throw new UncheckedIOException("The resource %s cannot be read".formatted(FILE), failure);
		}
	}

	@Nullable OperationExample find(String method, String path) {
		return this.byOperation.get(method + " " + path);
	}

	/**
	 * Documentation of one operation.
	 *
	 * @param summary one line, used when the controller has none
	 * @param request body of the request, null without a body
	 * @param response body of the successful response, null without a body
	 */
	record OperationExample(@Nullable String summary, @Nullable JsonNode request, @Nullable JsonNode response) {

	}

}
