package io.waypost.ingestion.deadletter;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.InvalidRequestException.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Finds what in a correction is more than a repair of syntax. Every value of a repaired
 * event is one of the event as received: an id comes from a field of similar name, an
 * event name differs by spelling only, a container may have arrived as a text. Only a
 * time that cannot be read may get a new value. So a repair changes neither whom an event
 * concerns nor what it says.
 */
final class SyntaxRepairCheck {

	private static final String ADMINISTRATOR = "; a user with the role ADMIN may make this correction";

	private static final Set<String> IDS = Set.of("userId", "user_id", "anonymousId", "anonymous_id", "previousId",
			"previous_id");

	private static final Set<String> TIMES = Set.of("timestamp", "originalTimestamp", "sentAt");

	private static final List<String> CONTAINERS = List.of("properties", "traits", "context");

	/** Events with these beginnings change consents or stop messages. */
	private static final Set<String> PROTECTED_NAMES = Set.of("email", "unsubscribe", "subscri", "consent");

	private static final JsonMapper JSON = new JsonMapper();

	private final JsonNode original;

	private final JsonNode corrected;

	private final List<Violation> problems = new ArrayList<>();

	private SyntaxRepairCheck(JsonNode original, JsonNode corrected) {
		this.original = original;
		this.corrected = corrected;
	}

	/**
	 * Compares a correction with its original.
	 * @param original the event as received; null when it is not readable
	 * @param corrected the corrected event
	 * @return what must be undone, with pointers into the correction
	 */
	static List<Violation> problems(@Nullable JsonNode original, JsonNode corrected) {
		SyntaxRepairCheck check = new SyntaxRepairCheck(
				(original != null) ? withContainers(original) : MissingNode.getInstance(), corrected);
		check.run();
		return check.problems;
	}

	private void run() {
		Map<String, JsonNode> before = values(this.original);
		Map<String, JsonNode> after = values(this.corrected);
		after.forEach((pointer, value) -> {
			if (!value.equals(before.get(pointer))) {
				changed(pointer, value);
			}
		});
		before.forEach((pointer, value) -> {
			if (!after.containsKey(pointer) && isKept(pointer, value) && !isRenamedId(pointer, value)) {
				refuse(pointer, "must stay as it was received");
			}
		});
	}

	private void changed(String pointer, JsonNode value) {
		String field = pointer.substring(1);
		JsonNode before = this.original.at(pointer);
		if (IDS.contains(field)) {
			if (!isSame(before, value) && (isUsable(before) || isAlias() || !idsLike(field).contains(text(value)))) {
				refuse(pointer, "is not an id that the received event has in this field");
			}
		}
		else if (TIMES.contains(field)) {
			if (isTime(before) || hasConsent()) {
				refuse(pointer, "must stay as it was received; it decides which answer of the person counts");
			}
		}
		else if (field.equals("type")) {
			if (!isSpelling(before, value) || text(value).equals("alias") || hasConsent()) {
				refuse(pointer, "must be the received type with its spelling corrected, and neither merge people nor "
						+ "state consent");
			}
		}
		else if (field.equals("event") || field.equals("name")) {
			if (!isSpelling(before, value) || isProtected(value)) {
				refuse(pointer, "must be the received name with its spelling corrected, and none that changes consent");
			}
		}
		else {
			refuse(pointer, "is not a value that the received event has in this field");
		}
	}

	/**
	 * An absent property says less; an absent id, trait or consent says something else.
	 */
	private static boolean isKept(String pointer, JsonNode value) {
		String field = pointer.substring(1);
		return IDS.contains(field) && isUsable(value) || field.equals("type") || field.equals("event")
				|| field.startsWith("traits/") || field.startsWith("context/consent");
	}

	private boolean isRenamedId(String pointer, JsonNode value) {
		return IDS.stream()
			.filter((id) -> letters(id).equals(letters(pointer)))
			.anyMatch((id) -> isSame(value, this.corrected.path(id)));
	}

	/** An alias merges two people, which cannot be undone. */
	private boolean isAlias() {
		return text(this.original.path("type")).equalsIgnoreCase("alias")
				|| text(this.corrected.path("type")).equalsIgnoreCase("alias");
	}

	/** Values of all fields, at any depth, whose names are spelled like that of an id. */
	private Set<String> idsLike(String field) {
		Set<String> found = new TreeSet<>();
		collect(this.original, letters(field), false, found);
		return found;
	}

	private static void collect(JsonNode node, String name, boolean inside, Set<String> found) {
		if (node.isContainerNode()) {
			node.properties()
				.forEach((field) -> collect(field.getValue(), name,
						inside || differsByOne(letters(field.getKey()), name), found));
			if (node.isArray()) {
				node.forEach((element) -> collect(element, name, inside, found));
			}
		}
		else if (inside && isUsable(node)) {
			found.add(text(node));
		}
	}

	private boolean hasConsent() {
		return this.corrected.path("context").has("consent") || this.original.path("context").has("consent");
	}

	private static boolean isProtected(JsonNode name) {
		String letters = letters(text(name));
		return PROTECTED_NAMES.stream().anyMatch(letters::startsWith);
	}

	private static boolean isSpelling(JsonNode before, JsonNode after) {
		return before.isTextual() && after.isTextual() && !letters(text(before)).isEmpty()
				&& differsByOne(letters(text(before)), letters(text(after)));
	}

	private static boolean isSame(JsonNode before, JsonNode after) {
		return isUsable(before) && isUsable(after) && text(before).equals(text(after));
	}

	private static boolean isUsable(JsonNode value) {
		return value.isIntegralNumber() || value.isTextual() && !value.asText().isBlank();
	}

	private static boolean isTime(JsonNode value) {
		try {
			return value.isTextual() && OffsetDateTime.parse(value.asText()).getYear() < 10_000;
		}
		catch (DateTimeException unreadable) {
			return false;
		}
	}

	/** Control characters are what makes some ids fail. */
	private static String text(JsonNode value) {
		return value.asText().replaceAll("\\p{Cntrl}", "").strip();
	}

	private static String letters(String text) {
		return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
	}

	/** Equal, or one letter too much, too few, wrong or exchanged with its neighbour. */
	private static boolean differsByOne(String one, String other) {
		int start = 0;
		while (start < Math.min(one.length(), other.length()) && one.charAt(start) == other.charAt(start)) {
			start++;
		}
		String left = one.substring(start);
		String right = other.substring(start);
		return left.equals(right) || !left.isEmpty() && left.substring(1).equals(right)
				|| !right.isEmpty() && right.substring(1).equals(left)
				|| !left.isEmpty() && !right.isEmpty() && left.substring(1).equals(right.substring(1))
				|| left.length() > 1 && right.length() > 1 && left.charAt(0) == right.charAt(1)
						&& left.charAt(1) == right.charAt(0) && left.substring(2).equals(right.substring(2));
	}

	/** Reads containers that arrived as a text. */
	private static JsonNode withContainers(JsonNode event) {
		JsonNode copy = event.deepCopy();
		if (copy instanceof ObjectNode object) {
			for (String name : CONTAINERS) {
				try {
					JsonNode content = object.path(name).isTextual() ? JSON.readTree(object.path(name).asText()) : null;
					if (content instanceof ObjectNode container) {
						object.set(name, container);
					}
				}
				catch (JsonProcessingException noJson) {
					// stays a text
				}
			}
		}
		return copy;
	}

	/** Values that are no containers, by pointer; empty containers say nothing. */
	private static Map<String, JsonNode> values(JsonNode event) {
		Map<String, JsonNode> values = new LinkedHashMap<>();
		addValues("", event, values);
		return values;
	}

	private static void addValues(String pointer, JsonNode node, Map<String, JsonNode> values) {
		if (node.isObject()) {
			node.properties()
				.forEach((field) -> addValues(pointer + '/' + field.getKey().replace("~", "~0").replace("/", "~1"),
						field.getValue(), values));
		}
		else if (node.isArray()) {
			for (int index = 0; index < node.size(); index++) {
				addValues(pointer + '/' + index, node.get(index), values);
			}
		}
		else if (!pointer.isEmpty() && !node.isNull() && !node.isMissingNode()) {
			values.put(pointer, node);
		}
	}

	private void refuse(String pointer, String advice) {
		this.problems.add(new Violation("/event" + pointer, advice + ADMINISTRATOR));
	}

}
