package io.waypost.access.problem;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.kernel.Suggestions;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields of a JSON body that its type does not have, and null elements of arrays,
 * which no type has. Free-form parts of a body (maps, {@code JsonNode}) may have any
 * field and any element.
 */
final class UnknownFields {

	private final ObjectMapper json;

	private final List<Violation> violations = new ArrayList<>();

	private UnknownFields(ObjectMapper json) {
		this.json = json;
	}

	/**
	 * Compares a body with its type.
	 * @param json the mapper that will read the body
	 * @param body the body
	 * @param type type of the body, or of the elements when the body is an array
	 * @return a violation per unknown field and null element, in the order of the body
	 */
	static List<Violation> of(ObjectMapper json, JsonNode body, JavaType type) {
		UnknownFields fields = new UnknownFields(json);
		if (body.isArray() && !type.isContainerType()) {
			fields.checkElements(body, type, "");
		}
		else {
			fields.check(body, type, "");
		}
		return List.copyOf(fields.violations);
	}

	private void check(JsonNode value, JavaType type, String pointer) {
		if (type.isReferenceType() || type.isCollectionLikeType() || type.isArrayType()) {
			JavaType content = type.getContentType();
			if (value.isArray()) {
				checkElements(value, content, pointer);
			}
			else {
				check(value, content, pointer);
			}
		}
		else if (type.isMapLikeType() && value.isObject()) {
			value.properties()
				.forEach((entry) -> check(entry.getValue(), type.getContentType(), child(pointer, entry)));
		}
		else if (value.isObject() && !isFreeForm(type.getRawClass())) {
			checkObject(value, type, pointer);
		}
	}

	private static boolean isFreeForm(Class<?> type) {
		return JsonNode.class.isAssignableFrom(type) || type.getName().startsWith("java.");
	}

	private static boolean isAny(JavaType type) {
		return type.getRawClass() == Object.class || JsonNode.class.isAssignableFrom(type.getRawClass());
	}

	private void checkElements(JsonNode array, JavaType type, String pointer) {
		int index = 0;
		for (Iterator<JsonNode> elements = array.elements(); elements.hasNext(); index++) {
			JsonNode element = elements.next();
			if (element.isNull() && !isAny(type)) {
				this.violations.add(new Violation(pointer + "/" + index, "must not be null; leave the element out"));
			}
			check(element, type, pointer + "/" + index);
		}
	}

	private void checkObject(JsonNode object, JavaType type, String pointer) {
		BeanDescription description = this.json.getDeserializationConfig().introspect(type);
		Map<String, @Nullable JavaType> known = new TreeMap<>();
		description.findProperties()
			.stream()
			.filter(BeanPropertyDefinition::couldDeserialize)
			.forEach((property) -> known.put(property.getName(), property.getPrimaryType()));
		if (known.isEmpty() || description.findAnySetterAccessor() != null) {
			return;
		}
		object.properties().forEach((entry) -> {
			JavaType field = known.get(entry.getKey());
			if (field != null) {
				check(entry.getValue(), field, child(pointer, entry));
			}
			else if (!known.containsKey(entry.getKey())) {
				this.violations.add(new Violation(child(pointer, entry), detail(entry.getKey(), known)));
			}
		});
	}

	private static String detail(String name, Map<String, @Nullable JavaType> known) {
		return Suggestions.closest(name, known.keySet())
			.map("is not a known field; did you mean '%s'?"::formatted)
			.orElseGet(() -> "is not a known field; known fields are %s".formatted(String.join(", ", known.keySet())));
	}

	/** Escapes the two characters that RFC 6901 reserves. */
	static String child(String pointer, Map.Entry<String, JsonNode> entry) {
		return pointer + "/" + entry.getKey().replace("~", "~0").replace("/", "~1");
	}

}
