package io.waypost.journey.engine.web;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;

/**
 * Finds the status for a fault that the engine answers with 500 although the request
 * caused it, for example a task that is gone or a value of the wrong type.
 */
final class EngineFaultStatus {

	private static final Set<String> BAD_REQUESTS = Set.of("IllegalArgumentException", "NullValueException",
			"NumberFormatException", "BadUserRequestException", "DateTimeParseException", "ClassCastException");

	/**
	 * Messages of faults whose type says nothing, because the engine's resources wrap
	 * them. Each is from the engine's own code, at its end or with an id in it.
	 */
	private static final Map<Pattern, HttpStatus> MESSAGES = Map.of(
			Pattern.compile("(^|: )task is null$|because \"task\" is null$"), HttpStatus.NOT_FOUND,
			Pattern.compile(
					"because \"(scopeExecution|execution)\" is null$|duplicate key value violates unique constraint"),
			HttpStatus.CONFLICT, Pattern.compile("no deployed .* found with .*is null$"), HttpStatus.NOT_FOUND,
			Pattern.compile("AuthorizationException: The user with id .* does not have .* permission"),
			HttpStatus.FORBIDDEN, Pattern.compile("Invalid query usage: "), HttpStatus.BAD_REQUEST,
			Pattern.compile("ENGINE-02025 Variable .* is not of the expected type"), HttpStatus.BAD_REQUEST,
			Pattern.compile("Cannot deserialize object in variable "), HttpStatus.BAD_REQUEST);

	private EngineFaultStatus() {
	}

	/**
	 * Finds the status.
	 * @param path path of the request
	 * @param fault body of the engine's answer, with {@code type} and {@code message}
	 * @return the status; 500 if the engine itself failed
	 */
	static HttpStatus of(String path, JsonNode fault) {
		String type = fault.path("type").asText();
		if (type.equals("OptimisticLockingException")) {
			return HttpStatus.CONFLICT;
		}
		String message = fault.path("message").asText();
		return MESSAGES.entrySet()
			.stream()
			.filter((known) -> known.getKey().matcher(message).find())
			.map(Map.Entry::getValue)
			.findFirst()
			.orElseGet(() -> ofType(path, type));
	}

	private static HttpStatus ofType(String path, String type) {
		return (BAD_REQUESTS.contains(type) || path.contains("/deployment/create") && !type.endsWith("Error"))
				? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR;
	}

}
