package io.waypost.access.problem;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.testing.PublicApi;

/**
 * An operation of the OpenAPI document whose request has a body in JSON.
 *
 * @param method HTTP method
 * @param path path with parameters in braces
 * @param schema schema of the body
 * @param example example of the body
 * @param document the whole document
 */
record PublishedOperation(String method, String path, JsonNode schema, JsonNode example, JsonNode document) {

	/**
	 * A place in a body where an object has a fixed set of fields.
	 *
	 * @param pointer pointer of the object, empty for the body
	 * @param known names of its fields
	 * @param body a body in which the object exists
	 */
	record ClosedObject(String pointer, Set<String> known, JsonNode body) {

	}

	static List<PublishedOperation> of(JsonNode document) {
		List<PublishedOperation> operations = new ArrayList<>();
		document.path("paths").properties().forEach((path) -> path.getValue().properties().forEach((method) -> {
			JsonNode media = method.getValue().at("/requestBody/content/application~1json");
			if (!media.isMissingNode()) {
				operations.add(new PublishedOperation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(),
						media.path("schema"), example(media), document));
			}
		}));
		return operations;
	}

	private static JsonNode example(JsonNode media) {
		if (media.has("example")) {
			return media.path("example");
		}
		return media.path("examples").isEmpty() ? PublicApi.JSON.createObjectNode()
				: media.path("examples").elements().next().path("value");
	}

	String name() {
		return this.method + " " + this.path;
	}

	/**
	 * Finds the closed objects of the body, those that the example leaves out included.
	 */
	List<ClosedObject> closedObjects() {
		List<ClosedObject> found = new ArrayList<>();
		collect(this.example, this.schema, "", found);
		return found;
	}

	private void collect(JsonNode value, JsonNode schema, String pointer, List<ClosedObject> found) {
		JsonNode resolved = resolve(schema);
		if (value.isArray()) {
			for (int index = 0; index < value.size(); index++) {
				collect(value.get(index), resolved.path("items"), pointer + "/" + index, found);
			}
			return;
		}
		if (!value.isObject() || isOpen(resolved)) {
			return;
		}
		Set<String> known = new LinkedHashSet<>();
		resolved.path("properties").fieldNames().forEachRemaining(known::add);
		value.fieldNames().forEachRemaining(known::add);
		found.add(new ClosedObject(pointer, known, this.example));
		for (String field : known) {
			JsonNode fieldSchema = resolve(resolved.path("properties").path(field));
			JsonNode child = value.has(field) ? value.get(field) : smallest(fieldSchema);
			if (value.has(field)) {
				collect(child, fieldSchema, pointer + "/" + field, found);
			}
			else if (child != null) {
				addMissing(child, fieldSchema, pointer, field, found);
			}
		}
	}

	/** Adds the object that the example leaves out, one level deep. */
	private void addMissing(JsonNode child, JsonNode schema, String pointer, String field, List<ClosedObject> found) {
		JsonNode body = this.example.deepCopy();
		((ObjectNode) body.at(pointer)).set(field, child);
		JsonNode object = child.isArray() ? resolve(schema.path("items")) : schema;
		Set<String> known = new LinkedHashSet<>();
		object.path("properties").fieldNames().forEachRemaining(known::add);
		found.add(new ClosedObject(pointer + "/" + field + (child.isArray() ? "/0" : ""), known, body));
	}

	private JsonNode smallest(JsonNode schema) {
		if (schema.path("type").asText().equals("array")) {
			JsonNode item = smallest(resolve(schema.path("items")));
			ArrayNode array = PublicApi.JSON.createArrayNode();
			return (item != null) ? array.add(item) : null;
		}
		boolean closed = schema.path("properties").isObject() && !schema.path("properties").isEmpty()
				&& !isOpen(schema);
		return closed ? PublicApi.JSON.createObjectNode() : null;
	}

	private static boolean isOpen(JsonNode schema) {
		JsonNode additional = schema.path("additionalProperties");
		return additional.asBoolean() || additional.isObject() || (schema.path("type").asText().equals("object")
				&& schema.path("properties").isEmpty() && !schema.has("additionalProperties"));
	}

	private JsonNode resolve(JsonNode schema) {
		JsonNode current = schema;
		while (current.has("$ref")) {
			current = this.document.at(current.path("$ref").asText().substring(1));
		}
		for (String choice : List.of("oneOf", "anyOf", "allOf")) {
			for (JsonNode one : current.path(choice)) {
				JsonNode resolved = resolve(one);
				if (!resolved.path("properties").isEmpty()) {
					return resolved;
				}
			}
		}
		return current;
	}

}
