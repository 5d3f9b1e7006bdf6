package io.waypost.agent.archetype;

import java.util.ArrayList;
import java.util.List;

/**
 * Identifies a group of recipients that share content. A part that does not matter is
 * {@code *}.
 *
 * @param goal purpose of the message
 * @param language ISO 639 code of the content
 * @param stage lifecycle stage, lower case
 * @param value {@code low}, {@code mid} or {@code high} by average order value
 * @param category preferred category
 */
public record ArchetypeKey(String goal, String language, String stage, String value,
		String category) implements Comparable<ArchetypeKey> {

	public static final String ANY = "*";

	/** Which parts are set, from all to the goal only. */
	enum ArchetypeLevel {

		ALL, NO_VALUE, NO_CATEGORY, STAGE, LANGUAGE, GOAL

	}

	public ArchetypeKey {
		// The goal is free text. The category is the last part and may contain the
		// separator.
		goal = goal.replace('|', '/');
	}

	/** Parses the text form. */
	public static ArchetypeKey parse(String text) {
		String[] parts = text.split("\\|", 5);
		if (parts.length != 5) {
			throw new IllegalArgumentException(
					"'%s' is not an archetype key; it must be goal|language|stage|value|category".formatted(text));
		}
		return new ArchetypeKey(parts[0], parts[1], parts[2], parts[3], parts[4]);
	}

	ArchetypeLevel level() {
		if (!this.value.equals(ANY)) {
			return this.category.equals(ANY) ? ArchetypeLevel.NO_CATEGORY : ArchetypeLevel.ALL;
		}
		if (!this.category.equals(ANY)) {
			return ArchetypeLevel.NO_VALUE;
		}
		if (!this.stage.equals(ANY)) {
			return ArchetypeLevel.STAGE;
		}
		return this.language.equals(ANY) ? ArchetypeLevel.GOAL : ArchetypeLevel.LANGUAGE;
	}

	/** Returns this key with only the parts of a level. */
	ArchetypeKey at(ArchetypeLevel level) {
		return switch (level) {
			case ALL -> this;
			case NO_VALUE -> new ArchetypeKey(this.goal, this.language, this.stage, ANY, this.category);
			case NO_CATEGORY -> new ArchetypeKey(this.goal, this.language, this.stage, this.value, ANY);
			case STAGE -> new ArchetypeKey(this.goal, this.language, this.stage, ANY, ANY);
			case LANGUAGE -> new ArchetypeKey(this.goal, this.language, ANY, ANY, ANY);
			case GOAL -> new ArchetypeKey(this.goal, ANY, ANY, ANY, ANY);
		};
	}

	/** Returns the key to merge into when this archetype is too small. */
	ArchetypeKey parent() {
		return at(switch (level()) {
			case ALL -> ArchetypeLevel.NO_VALUE;
			case NO_VALUE, NO_CATEGORY -> ArchetypeLevel.STAGE;
			case STAGE -> ArchetypeLevel.LANGUAGE;
			case LANGUAGE, GOAL -> ArchetypeLevel.GOAL;
		});
	}

	/** Returns this key and all keys that include it, the most specific first. */
	List<ArchetypeKey> chain() {
		List<ArchetypeKey> chain = new ArrayList<>(6);
		for (ArchetypeLevel level : ArchetypeLevel.values()) {
			chain.add(at(level));
		}
		return chain;
	}

	@Override
	public int compareTo(ArchetypeKey other) {
		return toString().compareTo(other.toString());
	}

	@Override
	public String toString() {
		return String.join("|", this.goal, this.language, this.stage, this.value, this.category);
	}

}
