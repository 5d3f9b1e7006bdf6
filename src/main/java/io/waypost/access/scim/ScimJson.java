package io.waypost.access.scim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Schemas, errors and fields of SCIM messages. Names of fields ignore case. */
final class ScimJson {

	static final String MEDIA_TYPE = "application/scim+json";

	static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";

	static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";

	static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

	static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

	static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

	private static final int TEXT_LENGTH = 256;

	private ScimJson() {
	}

	static ObjectNode error(int status, String type, String detail) {
		ObjectNode error = resource(ERROR);
		if (!type.isEmpty()) {
			error.put("scimType", type);
		}
		return error.put("detail", detail).put("status", String.valueOf(status));
	}

	static ObjectNode list(long total, int startIndex, List<ObjectNode> resources) {
		ObjectNode list = resource(LIST).put("totalResults", total)
			.put("startIndex", startIndex)
			.put("itemsPerPage", resources.size());
		ArrayNode items = list.putArray("Resources");
		resources.forEach(items::add);
		return list;
	}

	static ObjectNode resource(String schema) {
		ObjectNode resource = JsonNodeFactory.instance.objectNode();
		resource.putArray("schemas").add(schema);
		return resource;
	}

	/** Returns a field; null if it is missing or null. */
	static @Nullable JsonNode field(JsonNode object, String name) {
		Map<String, JsonNode> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		object.properties().forEach((field) -> fields.putIfAbsent(field.getKey(), field.getValue()));
		@Nullable JsonNode value = fields.get(name);
		return (value == null || value.isNull()) ? null : value;
	}

	/**
	 * Returns the text of a field; null if it is missing.
	 * @throws ScimException if it is not a text, or too long
	 */
	static @Nullable String text(JsonNode object, String name) {
		@Nullable JsonNode value = field(object, name);
		if (value == null) {
			return null;
		}
		if (!value.isTextual() || value.textValue().length() > TEXT_LENGTH) {
			throw ScimException
				.invalidValue("'%s' must be a text of at most %d characters".formatted(name, TEXT_LENGTH));
		}
		return value.textValue();
	}

	/**
	 * Returns a required text.
	 * @throws ScimException if it is missing or blank
	 */
	static String requireText(JsonNode object, String name) {
		@Nullable String value = text(object, name);
		if (value == null || value.isBlank()) {
			throw ScimException.invalidValue("'%s' is required".formatted(name));
		}
		return value;
	}

	/**
	 * Returns a truth value. Entra sends "True" and "False" as texts.
	 * @throws ScimException if it is neither
	 */
	static boolean truth(JsonNode object, String name, boolean missing) {
		@Nullable JsonNode value = field(object, name);
		if (value == null) {
			return missing;
		}
		if (value.isBoolean()) {
			return value.booleanValue();
		}
		String text = value.asText();
		if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
			return Boolean.parseBoolean(text);
		}
		throw ScimException.invalidValue("'%s' is '%s'; it must be true or false".formatted(name, text));
	}

}
