package io.waypost.journey.engine.web;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Finds variables that a request sends as Java objects or files. Expressions of a model
 * could call their getters, and reading an object loads its class. Callers send plain
 * values or JSON.
 */
final class JavaObjects {

	private static final Set<String> PLAIN = Set.of("string", "boolean", "integer", "short", "long", "double", "date",
			"null", "json", "number");

	private JavaObjects() {
	}

	/** Finds a variable with a type that is not plain, at any depth of a body. */
	static Optional<String> problem(JsonNode node) {
		if (node.has("value") && node.path("type").isTextual() && !isPlain(node.path("type").asText())) {
			return Optional.of("Variables of type '%s' are not allowed; send a plain value or JSON"
				.formatted(node.path("type").asText()));
		}
		if (node.path("valueInfo").has("objectTypeName")) {
			return Optional.of("Variables must not name a Java class; remove 'objectTypeName'");
		}
		for (JsonNode child : node) {
			Optional<String> found = problem(child);
			if (found.isPresent()) {
				return found;
			}
		}
		return Optional.empty();
	}

	private static boolean isPlain(String type) {
		return PLAIN.contains(type.toLowerCase(Locale.ROOT));
	}

}
