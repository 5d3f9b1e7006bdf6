package io.waypost.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.waypost.consent.SendPermission;
import io.waypost.policy.DecisionResult;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the sections of a message's explanation. Sections are maps and lists,
 * so that a message is equal before and after it was stored.
 */
public final class ExplanationSections {

	private ExplanationSections() {
	}

	/** Returns a copy of a section, empty when there is none. */
	public static Map<String, Object> read(Message message, String section) {
		Map<String, Object> copy = new LinkedHashMap<>();
		if (message.explanation().get(section) instanceof Map<?, ?> map) {
			map.forEach((key, value) -> copy.put(String.valueOf(key), value));
		}
		return copy;
	}

	/** Adds an entry to a section and keeps its other entries. */
	public static Message with(Message message, String section, String key, Object value) {
		Map<String, Object> entries = read(message, section);
		entries.put(key, value);
		return message.explained(section, entries);
	}

	/**
	 * Starts the section of another review. Earlier reviews with a decision are kept in
	 * the list {@code earlier}, oldest first.
	 */
	public static Map<String, Object> nextReview(Message message) {
		Map<String, Object> last = read(message, "review");
		List<Object> earlier = new ArrayList<>((last.remove("earlier") instanceof List<?> list) ? list : List.of());
		if (last.containsKey("decision")) {
			earlier.add(last);
		}
		Map<String, Object> next = new LinkedHashMap<>();
		if (!earlier.isEmpty()) {
			next.put("earlier", earlier);
		}
		return next;
	}

	/** Adds version and matched rules of a decision table. */
	static Message withTable(Message message, DecisionResult result) {
		Map<String, Object> tables = new LinkedHashMap<>();
		if (read(message, "versions").get("tables") instanceof Map<?, ?> existing) {
			existing.forEach((key, value) -> tables.put(String.valueOf(key), value));
		}
		tables.put(result.table(), tableEntry(result));
		return with(message, "versions", "tables", tables);
	}

	/** Returns version and matched rules of a decision. */
	public static Map<String, Object> tableEntry(DecisionResult result) {
		Map<String, Object> entry = new LinkedHashMap<>();
		entry.put("version", result.version());
		putIfKnown(entry, "versionTag", result.versionTag());
		entry.put("rulesHit", result.rulesHit());
		return entry;
	}

	/** Returns the section {@code permission}. */
	public static Map<String, Object> permission(String answer, @Nullable String reason,
			SendPermission.DecisionReference decision, Instant at) {
		Map<String, Object> section = new LinkedHashMap<>();
		section.put("permission", answer);
		putIfKnown(section, "reason", reason);
		section.put("table", decision.table());
		section.put("version", decision.tableVersion());
		putIfKnown(section, "versionTag", decision.versionTag());
		section.put("rulesHit", decision.rulesHit());
		putIfKnown(section, "consentVersion", decision.consentVersion());
		section.put("at", at.toString());
		return section;
	}

	public static void putIfKnown(Map<String, Object> map, String key, @Nullable Object value) {
		if (value != null) {
			map.put(key, value);
		}
	}

	static @Nullable Double number(Map<String, Object> section, String key) {
		return (section.get(key) instanceof Number number) ? number.doubleValue() : null;
	}

}
