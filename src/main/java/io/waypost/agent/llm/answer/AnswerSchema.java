package io.waypost.agent.llm.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A JSON schema of answers with the part of the vocabulary that prompts use. A schema
 * with another keyword is refused, so that no rule is ignored.
 */
public final class AnswerSchema {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final int MAX_PROBLEMS = 5;

	/** Checked here, and told to the model in the description. */
	private static final Set<String> LIMITS = Set.of("minLength", "maxLength", "minItems", "maxItems", "minimum",
			"maximum");

	private static final Set<String> NOTES = Set.of("$schema", "$id", "title", "description", "examples");

	private static final Set<String> STRUCTURE = Set.of("type", "properties", "required", "items", "enum", "const",
			"additionalProperties");

	private final JsonNode schema;

	private AnswerSchema(JsonNode schema) {
		this.schema = schema;
	}

	/**
	 * Parses a schema.
	 * @param schema JSON
	 * @return the schema
	 * @throws IllegalArgumentException when it is no JSON or has an unknown keyword
	 */
	public static AnswerSchema parse(String schema) {
		try {
			JsonNode parsed = JSON.readTree(schema);
			requireKnownKeywords(parsed);
			return new AnswerSchema(parsed);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("The schema of an answer is no JSON", ex);
		}
	}

	private static void requireKnownKeywords(JsonNode schema) {
		Set<String> unknown = new TreeSet<>();
		schema.fieldNames().forEachRemaining((keyword) -> {
			if (!LIMITS.contains(keyword) && !NOTES.contains(keyword) && !STRUCTURE.contains(keyword)) {
				unknown.add(keyword);
			}
		});
		if (!schema.isObject() || !unknown.isEmpty() || schema.path("additionalProperties").isObject()) {
			throw new IllegalArgumentException(
					"The schema of an answer uses %s, which is not supported; use %s, %s and additionalProperties: false"
						.formatted(unknown.isEmpty() ? "a form" : unknown, new TreeSet<>(STRUCTURE),
								new TreeSet<>(LIMITS)));
		}
		schema.path("properties").forEach(AnswerSchema::requireKnownKeywords);
		if (schema.has("items")) {
			requireKnownKeywords(schema.path("items"));
		}
	}

	/**
	 * Returns the schema in the form that all providers accept: without limits of length
	 * and number, which the descriptions name instead; each property is required and no
	 * other one is allowed.
	 * @return a new JSON document
	 */
	public ObjectNode forProviders() {
		ObjectNode copy = this.schema.deepCopy();
		simplify(copy);
		return copy;
	}

	private static void simplify(ObjectNode schema) {
		List<String> limits = new ArrayList<>();
		LIMITS.stream().sorted().filter(schema::has).forEach((limit) -> {
			limits.add(limit + " " + schema.path(limit).asText());
			schema.remove(limit);
		});
		if (!limits.isEmpty()) {
			String description = schema.path("description").asText("");
			schema.put("description", (description + " (" + String.join(", ", limits) + ")").strip());
		}
		schema.remove(List.of("$schema", "$id", "examples"));
		if (schema.has("properties")) {
			schema.put("additionalProperties", false);
			ArrayNode required = schema.putArray("required");
			schema.path("properties").fieldNames().forEachRemaining(required::add);
		}
		schema.path("properties").forEach((property) -> simplify((ObjectNode) property));
		if (schema.get("items") instanceof ObjectNode items) {
			simplify(items);
		}
	}

	/**
	 * Checks an answer.
	 * @param answer JSON
	 * @return up to five problems with the place of each, without values; empty for an
	 * answer that matches
	 */
	public List<String> problems(JsonNode answer) {
		List<String> problems = new ArrayList<>();
		check(this.schema, answer, "", problems);
		return problems.stream().limit(MAX_PROBLEMS).toList();
	}

	private static void check(JsonNode schema, JsonNode value, String path, List<String> problems) {
		if (problems.size() >= MAX_PROBLEMS) {
			return;
		}
		String place = path.isEmpty() ? "answer" : path;
		if (schema.has("type") && !hasType(schema.path("type"), value)) {
			problems.add("%s is %s, not %s".formatted(place, type(value), schema.path("type")));
			return;
		}
		if (schema.has("const") && !schema.path("const").equals(value)) {
			problems.add(place + " is not the constant");
		}
		if (schema.has("enum") && !contains(schema.path("enum"), value)) {
			problems.add(place + " is none of the allowed values");
		}
		checkLimits(schema, value, place, problems);
		if (value.isObject()) {
			checkObject(schema, value, path, problems);
		}
		if (value.isArray() && schema.has("items")) {
			for (int i = 0; i < value.size(); i++) {
				check(schema.path("items"), value.path(i), path + "/" + i, problems);
			}
		}
	}

	private static void checkObject(JsonNode schema, JsonNode value, String path, List<String> problems) {
		schema.path("required").forEach((name) -> {
			if (!value.has(name.asText())) {
				problems.add("%s/%s is missing".formatted(path, name.asText()));
			}
		});
		boolean open = schema.path("additionalProperties").asBoolean(true);
		value.fieldNames().forEachRemaining((name) -> {
			JsonNode property = schema.path("properties").path(name);
			if (!property.isMissingNode()) {
				check(property, value.path(name), path + "/" + name, problems);
			}
			else if (!open) {
				problems.add((path.isEmpty() ? "answer" : path) + " has an unknown property");
			}
		});
	}

	private static void checkLimits(JsonNode schema, JsonNode value, String place, List<String> problems) {
		if (value.isTextual()) {
			int length = value.textValue().codePointCount(0, value.textValue().length());
			checkRange(schema, "Length", length, place + " has %s characters".formatted(length), problems);
		}
		if (value.isArray()) {
			checkRange(schema, "Items", value.size(), place + " has %d items".formatted(value.size()), problems);
		}
		if (value.isNumber()) {
			checkRange(schema, "imum", value.doubleValue(), place + " is out of range", problems);
		}
	}

	private static void checkRange(JsonNode schema, String limit, double size, String problem, List<String> problems) {
		JsonNode min = schema.path("min" + limit);
		JsonNode max = schema.path("max" + limit);
		if (min.isNumber() && size < min.doubleValue() || max.isNumber() && size > max.doubleValue()) {
			problems.add(problem + ", allowed are %s to %s".formatted(min.asText("0"), max.asText("any")));
		}
	}

	private static boolean hasType(JsonNode types, JsonNode value) {
		if (types.isArray()) {
			for (JsonNode type : types) {
				if (hasType(type, value)) {
					return true;
				}
			}
			return false;
		}
		String actual = type(value);
		return types.asText().equals(actual) || types.asText().equals("number") && actual.equals("integer");
	}

	private static String type(JsonNode value) {
		return switch (value.getNodeType()) {
			case OBJECT -> "object";
			case ARRAY -> "array";
			case STRING -> "string";
			case BOOLEAN -> "boolean";
			case NUMBER -> isWhole(value) ? "integer" : "number";
			default -> "null";
		};
	}

	private static boolean isWhole(JsonNode number) {
		return number.isIntegralNumber() || number.doubleValue() == Math.rint(number.doubleValue());
	}

	private static boolean contains(JsonNode values, JsonNode value) {
		for (JsonNode allowed : values) {
			if (allowed.equals(value)) {
				return true;
			}
		}
		return false;
	}

}
