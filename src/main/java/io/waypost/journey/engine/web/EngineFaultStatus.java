package io.waypost.journey.engine.web;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;

/**
 * Finds the status for a fault that the engine answers with 500 although the request
 * caused it, for example a task that is gone or a value of the wrong type.
 */
final class EngineFaultStatus {

	private static final Set<String> BAD_REQUESTS = Set.of("IllegalArgumentException", "NullValueException",
			"NumberFormatException", "BadUserRequestException", "DateTimeParseException", "ClassCastException");

	private static final String TASK_IS_GONE = "task is null";

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
		if (fault.path("message").asText().equals(TASK_IS_GONE)) {
			return HttpStatus.NOT_FOUND;
		}
		return (BAD_REQUESTS.contains(type) || path.contains("/deployment/create") && !type.endsWith("Error"))
				? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR;
	}

}
