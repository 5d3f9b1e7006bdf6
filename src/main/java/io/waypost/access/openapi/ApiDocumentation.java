package io.waypost.access.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.waypost.access.IdempotencyKey;
import io.waypost.access.openapi.OperationExamples.OperationExample;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

import org.springframework.http.HttpStatus;

/**
 * Completes the generated OpenAPI document: adds examples and error responses to every
 * operation, names the write key as the security scheme of the event API, and leaves out
 * paths of pages and images.
 */
final class ApiDocumentation implements GlobalOpenApiCustomizer {

	private static final String MANAGEMENT = "/api/v1/";

	private static final String EVENTS = "/v1/";

	private static final Set<PathItem.HttpMethod> WRITES = Set.of(PathItem.HttpMethod.POST, PathItem.HttpMethod.PUT,
			PathItem.HttpMethod.PATCH, PathItem.HttpMethod.DELETE);

	private final OperationExamples examples;

	ApiDocumentation(OperationExamples examples) {
		this.examples = examples;
	}

	@Override
	public void customise(OpenAPI document) {
		if (document.getPaths() == null) {
			return;
		}
		document.getPaths().keySet().removeIf((path) -> !path.startsWith(MANAGEMENT) && !path.startsWith(EVENTS));
		document.getComponents().addSchemas("Problem", problemSchema());
		document.getPaths()
			.forEach((path, item) -> item.readOperationsMap()
				.forEach((method, operation) -> complete(path, method, operation)));
	}

	private void complete(String path, PathItem.HttpMethod method, Operation operation) {
		boolean eventApi = path.startsWith(EVENTS);
		OperationExample example = this.examples.find(method.name(), canonical(path));
		if (example != null) {
			addExample(operation, example);
		}
		if (eventApi) {
			operation.setSecurity(List.of(new SecurityRequirement().addList("writeKey")));
		}
		Map<String, String> errors = errors(path, method, operation, eventApi);
		if (method == PathItem.HttpMethod.POST && !eventApi) {
			operation.addParametersItem(idempotencyKey());
			errors.putIfAbsent("409",
					"The first request with this Idempotency-Key is in progress; retry after 2 seconds");
			errors.putIfAbsent("422", "The Idempotency-Key was used with another body; use a new key");
		}
		errors.putAll(declaredErrors(operation));
		errors.forEach((status, detail) -> operation.getResponses()
			.addApiResponse(status, problem(Integer.parseInt(status), detail, path)));
	}

	private static Parameter idempotencyKey() {
		return new HeaderParameter().name(IdempotencyKey.HEADER)
			.required(false)
			.description(
					"Unique for each request, such as a UUID. For 24 hours a repeated request with the same key and "
							+ "body is not carried out again; it gets the stored response with Idempotent-Replayed: true")
			.schema(new StringSchema().minLength(1).maxLength(200).pattern("^[!-~]+$"));
	}

	/** Returns the errors that a controller declares, by status. */
	private static Map<String, String> declaredErrors(Operation operation) {
		Map<String, String> errors = new LinkedHashMap<>();
		operation.getResponses().forEach((status, response) -> {
			if (status.startsWith("4")) {
				errors.put(status, response.getDescription());
			}
		});
		return errors;
	}

	/** The event API answers the same with and without a trailing slash. */
	private static String canonical(String path) {
		String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
		return trimmed.equals("/v1/import") ? "/v1/batch" : trimmed;
	}

	private static void addExample(Operation operation, OperationExample example) {
		if (operation.getSummary() == null) {
			operation.setSummary(example.summary());
		}
		if (example.request() != null) {
			if (operation.getRequestBody() == null) {
				operation.setRequestBody(new RequestBody().required(true)
					.content(new Content().addMediaType(mediaType(example.request()), new MediaType())));
			}
			operation.getRequestBody()
				.getContent()
				.values()
				.forEach((media) -> media.setExample(value(example.request())));
		}
		if (example.response() != null) {
			Object body = value(example.response());
			operation.getResponses().forEach((status, response) -> setExample(response, body));
		}
	}

	private static void setExample(ApiResponse response, @Nullable Object body) {
		if (response.getContent() == null) {
			response.setContent(new Content().addMediaType("application/json", new MediaType()));
		}
		response.getContent().values().forEach((media) -> media.setExample(body));
	}

	private static String mediaType(JsonNode request) {
		return request.isTextual() ? "text/csv" : "application/json";
	}

	private static Object value(JsonNode example) {
		return example.isTextual() ? example.textValue() : example;
	}

	private static Map<String, String> errors(String path, PathItem.HttpMethod method, Operation operation,
			boolean eventApi) {
		Map<String, String> errors = new LinkedHashMap<>();
		if (operation.getRequestBody() != null || operation.getParameters() != null || WRITES.contains(method)) {
			errors.put("400", "limit is 'many'; it must be a whole number");
		}
		errors.put("401", "Sign in with 'Authorization: Bearer <API token>' or with a user's name and password");
		if (!eventApi) {
			errors.put("403", "None of your roles allows %s %s; ask an administrator".formatted(method, path));
		}
		if (path.contains("{") && !eventApi) {
			errors.put("404", "There is no such resource; the list operation shows those that exist");
		}
		if (path.contains("{") && WRITES.contains(method) && !eventApi) {
			errors.put("409", "The current state does not allow this; the detail names the state and the remedy");
		}
		if (eventApi) {
			errors.put("413", "The event is larger than 32 KB");
		}
		errors.put("429", eventApi ? "Too many events for this source; retry after the seconds in Retry-After"
				: "This key sends too many requests; send fewer requests, or read larger pages");
		errors.put("503", "The database is unavailable; nothing was changed. Retry after 5 seconds");
		return errors;
	}

	private static ApiResponse problem(int status, String detail, String path) {
		String title = reason(status);
		Map<String, Object> example = new LinkedHashMap<>();
		example.put("type", "about:blank");
		example.put("title", title);
		example.put("status", status);
		example.put("detail", detail);
		example.put("instance", path);
		return new ApiResponse().description(title)
			.content(new Content().addMediaType("application/problem+json",
					new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")).example(example)));
	}

	private static String reason(int status) {
		return HttpStatus.valueOf(status).getReasonPhrase();
	}

	private static Schema<?> problemSchema() {
		Schema<?> violation = new ObjectSchema().addProperty("pointer", new StringSchema().description("JSON pointer"))
			.addProperty("detail", new StringSchema().description("what is wrong and how to fix it"));
		return new ObjectSchema().description("Problem details (RFC 9457)")
			.addProperty("type", new StringSchema())
			.addProperty("title", new StringSchema())
			.addProperty("status", new IntegerSchema())
			.addProperty("detail", new StringSchema().description("names the wrong value and the remedy"))
			.addProperty("instance", new StringSchema())
			.addProperty("errors", new ArraySchema().items(violation));
	}

}
