package io.waypost.access.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Bodies that match a schema, and changes that make them wrong. */
final class RandomBody {

	private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

	private final JsonNode document;

	private final Random random;

	private final OddValues odd;

	private final KnownIds ids;

	RandomBody(JsonNode document, Random random, OddValues odd, KnownIds ids) {
		this.document = document;
		this.random = random;
		this.odd = odd;
		this.ids = ids;
	}

	/** A body that matches the schema, from the example or made up. */
	JsonNode valid(FuzzTarget target) {
		if (target.example().isContainerNode() && this.random.nextInt(3) > 0) {
			return target.example().deepCopy();
		}
		return matching("", target.schema(), 0);
	}

	private JsonNode matching(String name, JsonNode schema, int depth) {
		JsonNode resolved = resolve(schema);
		if (resolved.path("enum").isArray() && !resolved.path("enum").isEmpty()) {
			return resolved.path("enum").get(this.random.nextInt(resolved.path("enum").size()));
		}
		return switch (resolved.path("type").asText()) {
			case "object" -> object(resolved, depth);
			case "array" -> array(resolved, depth);
			case "integer" -> JSON.numberNode(this.random.nextInt(100));
			case "number" -> JSON.numberNode(this.random.nextInt(10_000) / 100.0);
			case "boolean" -> JSON.booleanNode(this.random.nextBoolean());
			case "string" -> JSON.textNode(text(name, resolved.path("format").asText()));
			default -> (depth > 3) ? JSON.nullNode() : JSON.objectNode().put("x", "y");
		};
	}

	private ObjectNode object(JsonNode schema, int depth) {
		ObjectNode object = JSON.objectNode();
		for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
			if (depth < 4 && this.random.nextInt(4) > 0) {
				object.set(property.getKey(), matching(property.getKey(), property.getValue(), depth + 1));
			}
		}
		if (schema.path("additionalProperties").isObject() && depth < 4) {
			object.set("x", matching("x", schema.path("additionalProperties"), depth + 1));
		}
		return object;
	}

	private ArrayNode array(JsonNode schema, int depth) {
		ArrayNode array = JSON.arrayNode();
		for (int count = this.random.nextInt(3); count > 0 && depth < 5; count--) {
			array.add(matching("", schema.path("items"), depth + 1));
		}
		return array;
	}

	private String text(String name, String format) {
		return switch (format) {
			case "date-time" -> "2026-11-%02dT12:00:00Z".formatted(1 + this.random.nextInt(30));
			case "date" -> "2026-11-%02d".formatted(1 + this.random.nextInt(30));
			default -> this.ids.anyOr(name, "fuzz-" + this.random.nextInt(50));
		};
	}

	private JsonNode resolve(JsonNode schema) {
		JsonNode current = schema;
		while (current.has("$ref")) {
			current = this.document.at(current.path("$ref").asText().substring(1));
		}
		for (String choice : List.of("oneOf", "anyOf", "allOf")) {
			if (current.path(choice).isArray() && !current.path(choice).isEmpty()) {
				return resolve(current.path(choice).get(this.random.nextInt(current.path(choice).size())));
			}
		}
		return current;
	}

	/** Changes one value anywhere in the body, adds one, or removes one. */
	JsonNode changed(JsonNode body) {
		List<ContainerNode<?>> containers = new ArrayList<>();
		collect(body, containers);
		if (containers.isEmpty() || this.random.nextInt(40) == 0) {
			return this.odd.json();
		}
		switch (this.odd.any(containers)) {
			case ObjectNode object -> change(object);
			case ArrayNode array -> change(array);
			default -> throw new IllegalStateException("Unknown container");
		}
		return body;
	}

	private void change(ObjectNode object) {
		List<String> names = new ArrayList<>();
		object.fieldNames().forEachRemaining(names::add);
		String name = names.isEmpty() ? this.odd.text() : this.odd.any(names);
		switch (this.random.nextInt(10)) {
			case 0 -> object.remove(name);
			case 1, 2 -> object.putNull(name);
			case 3 -> object.set(this.odd.text(), this.odd.json());
			case 4 -> object.set(name, JSON.arrayNode().add(object.get(name)).addNull());
			case 5, 6 -> object.put(name, this.odd.text());
			default -> object.set(name, this.odd.json());
		}
	}

	private void change(ArrayNode array) {
		switch (this.random.nextInt(4)) {
			case 0 -> array.addNull();
			case 1 -> array.removeAll();
			case 2 -> array.insert(0, this.odd.json());
			default -> {
				if (!array.isEmpty()) {
					array.set(this.random.nextInt(array.size()), this.odd.json());
				}
			}
		}
	}

	private static void collect(JsonNode node, List<ContainerNode<?>> containers) {
		if (node instanceof ContainerNode<?> container && containers.size() < 200) {
			containers.add(container);
			node.forEach((child) -> collect(child, containers));
		}
	}

}
