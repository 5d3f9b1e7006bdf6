package io.waypost.access.scim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Applies a PATCH request (RFC 7644 3.5.2) to a resource, also in the forms that Entra
 * sends: operations with a capital letter, dotted names without a path, and removal of
 * members by a list of values. Attributes that Waypost does not store are ignored.
 */
final class ScimPatch {

	private static final Pattern PATH = Pattern
		.compile("([A-Za-z]+)(?:\\[\\s*([A-Za-z]+)\\s+(?i:eq)\\s+\"?([^\"\\]]*)\"?\\s*])?(?:\\.([A-Za-z]+))?");

	private static final int MAX_OPERATIONS = 1_000;

	/** Attributes by their name in lower case, with those that are lists of objects. */
	private static final Map<String, String> USER = Map.of("username", "userName", "externalid", "externalId", "active",
			"active", "displayname", "displayName", "name", "name", "emails", "emails");

	private static final Map<String, String> GROUP = Map.of("displayname", "displayName", "externalid", "externalId",
			"members", "members");

	private static final Set<String> LISTS = Set.of("emails", "members");

	private final ObjectNode resource;

	private final Map<String, String> attributes;

	private ScimPatch(ObjectNode resource, Map<String, String> attributes) {
		this.resource = resource;
		this.attributes = attributes;
	}

	/**
	 * Where an operation applies.
	 *
	 * @param attribute name of the attribute
	 * @param filterBy field that selects elements of a list; null for all
	 * @param filterValue value of this field
	 * @param field field within the attribute; null for the whole
	 */
	private record Target(String attribute, @Nullable String filterBy, @Nullable String filterValue,
			@Nullable String field) {

		boolean matches(JsonNode element) {
			return this.filterBy == null
					|| element.path(this.filterBy).asText().equalsIgnoreCase(String.valueOf(this.filterValue));
		}

	}

	static void applyToUser(ObjectNode user, JsonNode request) {
		new ScimPatch(user, USER).apply(request);
	}

	static void applyToGroup(ObjectNode group, JsonNode request) {
		new ScimPatch(group, GROUP).apply(request);
	}

	private void apply(JsonNode request) {
		@Nullable JsonNode operations = ScimJson.field(request, "Operations");
		if (operations == null || !operations.isArray() || operations.isEmpty() || operations.size() > MAX_OPERATIONS) {
			throw ScimException
				.invalidSyntax("'Operations' must be a list of 1 to %d operations".formatted(MAX_OPERATIONS));
		}
		for (JsonNode operation : operations) {
			String op = ScimJson.requireText(operation, "op").toLowerCase(Locale.ROOT);
			if (!Set.of("add", "replace", "remove").contains(op)) {
				throw ScimException.invalidSyntax("op '%s' is unknown; use add, replace or remove".formatted(op));
			}
			@Nullable String path = ScimJson.text(operation, "path");
			@Nullable JsonNode value = ScimJson.field(operation, "value");
			if (path == null || path.isBlank()) {
				applyWithoutPath(op, value);
			}
			else {
				apply(op, path, value);
			}
		}
	}

	private void applyWithoutPath(String op, @Nullable JsonNode value) {
		if (op.equals("remove")) {
			throw ScimException.noTarget("remove needs a path");
		}
		if (value == null || !value.isObject()) {
			throw ScimException.invalidSyntax("An operation without a path needs an object as its value");
		}
		value.properties().forEach((field) -> apply(op, field.getKey(), field.getValue()));
	}

	private void apply(String op, String path, @Nullable JsonNode value) {
		@Nullable Target target = target(path);
		if (target == null) {
			return;
		}
		if (op.equals("replace") && value == null) {
			apply("remove", path, null);
			return;
		}
		if (op.equals("add") && value == null) {
			throw ScimException.invalidValue("add to '%s' needs a value".formatted(path));
		}
		JsonNode given = (value != null) ? value : NullNode.getInstance();
		if (LISTS.contains(target.attribute())) {
			applyToList(op, target, given);
		}
		else if (target.field() != null) {
			applyToField(op, this.resource.withObjectProperty(target.attribute()), target.field(), given);
		}
		else if (target.attribute().equals("name") && given.isObject() && !op.equals("remove")) {
			this.resource.withObjectProperty("name").setAll((ObjectNode) given);
		}
		else if (target.attribute().equals("name") && !op.equals("remove")) {
			throw ScimException.invalidValue("'name' must be an object");
		}
		else {
			applyToField(op, this.resource, target.attribute(), given);
		}
	}

	/** Returns null for an attribute that is not stored. */
	private @Nullable Target target(String path) {
		String local = path.replaceFirst("(?i)^" + Pattern.quote(schema()) + "[:.]", "");
		if (local.toLowerCase(Locale.ROOT).startsWith("urn:")) {
			return null;
		}
		Matcher matcher = PATH.matcher(local);
		if (!matcher.matches()) {
			throw ScimException
				.invalidPath("The path '%s' is not supported; for example name.givenName, ".formatted(path)
						+ "emails[type eq \"work\"].value or members[value eq \"<id>\"]");
		}
		@Nullable String attribute = this.attributes.get(matcher.group(1).toLowerCase(Locale.ROOT));
		return (attribute != null) ? new Target(attribute, matcher.group(2), matcher.group(3), matcher.group(4)) : null;
	}

	private String schema() {
		return (this.attributes == USER) ? ScimJson.USER : ScimJson.GROUP;
	}

	private static void applyToField(String op, ObjectNode object, String field, JsonNode value) {
		if (op.equals("remove")) {
			object.remove(field);
		}
		else {
			object.set(field, value);
		}
	}

	private void applyToList(String op, Target target, JsonNode value) {
		ArrayNode list = this.resource.withArrayProperty(target.attribute());
		switch (op) {
			case "remove" -> remove(list, target, value);
			case "replace" -> replace(list, target, value);
			default -> add(list, target, value);
		}
	}

	/** With a list of values, only the elements with these values are removed. */
	private static void remove(ArrayNode list, Target target, JsonNode value) {
		List<String> values = new ArrayList<>();
		elements(value).forEach((element) -> values.add(element.path("value").asText()));
		for (int index = list.size() - 1; index >= 0; index--) {
			JsonNode element = list.get(index);
			boolean chosen = target.matches(element)
					&& (values.isEmpty() || values.contains(element.path("value").asText()));
			if (chosen && target.field() != null) {
				((ObjectNode) element).remove(target.field());
			}
			else if (chosen) {
				list.remove(index);
			}
		}
	}

	private static void replace(ArrayNode list, Target target, JsonNode value) {
		if (target.filterBy() == null && target.field() == null) {
			list.removeAll();
		}
		add(list, target, value);
	}

	/** An element that is not there yet is added, as Entra expects. */
	private static void add(ArrayNode list, Target target, JsonNode value) {
		if (target.filterBy() == null && target.field() == null) {
			elements(value).forEach((element) -> addNew(list, element));
			return;
		}
		boolean found = false;
		for (JsonNode element : list) {
			if (target.matches(element)) {
				set((ObjectNode) element, target, value);
				found = true;
			}
		}
		if (!found) {
			ObjectNode element = list.addObject();
			if (target.filterBy() != null) {
				element.put(target.filterBy(), target.filterValue());
			}
			set(element, target, value);
		}
	}

	private static void set(ObjectNode element, Target target, JsonNode value) {
		if (target.field() != null) {
			element.set(target.field(), value);
		}
		else if (value instanceof ObjectNode object) {
			element.setAll(object);
		}
		else {
			throw ScimException.invalidValue("An element of '%s' must be an object".formatted(target.attribute()));
		}
	}

	private static void addNew(ArrayNode list, JsonNode element) {
		String value = element.path("value").asText();
		for (JsonNode known : list) {
			if (known.path("value").asText().equals(value)) {
				return;
			}
		}
		list.add(element);
	}

	private static List<JsonNode> elements(JsonNode value) {
		List<JsonNode> elements = new ArrayList<>();
		if (value.isArray()) {
			value.forEach(elements::add);
		}
		else if (!value.isNull()) {
			elements.add(value);
		}
		elements.forEach((element) -> {
			if (!element.isObject()) {
				throw ScimException.invalidValue("'%s' must be an object with the field 'value'".formatted(element));
			}
		});
		return elements;
	}

}
