package io.waypost.ingestion.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.identity.IdentifierMask;

/**
 * Hides the values of an event that failed. It was not parsed, so any value may be a
 * direct identifier, and a key that is not a plain field name too.
 */
public final class PayloadMask {

	private static final String FIELD_NAME = "[A-Za-z_$]{1,40}";

	private PayloadMask() {
	}

	/**
	 * Hides all values.
	 * @param node an event or a part of one
	 * @return a copy with the same structure and field names
	 */
	public static JsonNode apply(JsonNode node) {
		if (node.isObject()) {
			ObjectNode masked = JsonNodeFactory.instance.objectNode();
			node.properties()
				.forEach(
						(field) -> masked.set(field.getKey().matches(FIELD_NAME) ? field.getKey() : IdentifierMask.MASK,
								apply(field.getValue())));
			return masked;
		}
		if (node.isArray()) {
			ArrayNode masked = JsonNodeFactory.instance.arrayNode();
			node.forEach((element) -> masked.add(apply(element)));
			return masked;
		}
		return (node.isNull() || node.isMissingNode()) ? JsonNodeFactory.instance.nullNode()
				: JsonNodeFactory.instance.textNode(IdentifierMask.MASK);
	}

}
