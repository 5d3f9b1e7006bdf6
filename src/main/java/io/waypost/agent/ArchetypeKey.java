package io.waypost.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * The group of people that share words. Where something does not matter it is {@code *}.
 *
 * @param goal what the message is for
 * @param language ISO 639 code of the words
 * @param stage lifecycle stage, lower case
 * @param value {@code low}, {@code mid} or {@code high} by average order value
 * @param category the category the person leans to
 */
record ArchetypeKey(String goal, String language, String stage, String value,
		String category) implements Comparable<ArchetypeKey> {

	static final String ANY = "*";

	/** How much is left out: from all is known to nothing is. */
	enum Level {

		ALL, NO_VALUE, NO_CATEGORY, STAGE, LANGUAGE, GOAL

	}

	ArchetypeKey {
		// The goal is anybody's text, and the category the last part, so nothing else can
		// hold a bar.
		goal = goal.replace('|', '/');
	}

	/** Reads the text form. */
	static ArchetypeKey parse(String text) {
		String[] parts = text.split("\\|", 5);
		if (parts.length != 5) {
			throw new IllegalArgumentException(
					"'%s' is no archetype; it must be goal|language|stage|value|category".formatted(text));
		}
		return new ArchetypeKey(parts[0], parts[1], parts[2], parts[3], parts[4]);
	}

	Level level() {
		if (!this.value.equals(ANY)) {
			return this.category.equals(ANY) ? Level.NO_CATEGORY : Level.ALL;
		}
		if (!this.category.equals(ANY)) {
			return Level.NO_VALUE;
		}
		if (!this.stage.equals(ANY)) {
			return Level.STAGE;
		}
		return this.language.equals(ANY) ? Level.GOAL : Level.LANGUAGE;
	}

	/** The same people with everything below a level left out. */
	ArchetypeKey at(Level level) {
		return switch (level) {
			case ALL -> this;
			case NO_VALUE -> new ArchetypeKey(this.goal, this.language, this.stage, ANY, this.category);
			case NO_CATEGORY -> new ArchetypeKey(this.goal, this.language, this.stage, this.value, ANY);
			case STAGE -> new ArchetypeKey(this.goal, this.language, this.stage, ANY, ANY);
			case LANGUAGE -> new ArchetypeKey(this.goal, this.language, ANY, ANY, ANY);
			case GOAL -> new ArchetypeKey(this.goal, ANY, ANY, ANY, ANY);
		};
	}

	/** Where people go when this cell is too small: value goes first, then category. */
	ArchetypeKey parent() {
		return at(switch (level()) {
			case ALL -> Level.NO_VALUE;
			case NO_VALUE, NO_CATEGORY -> Level.STAGE;
			case STAGE -> Level.LANGUAGE;
			case LANGUAGE, GOAL -> Level.GOAL;
		});
	}

	/** This key and all that hold its people, the finest first. */
	List<ArchetypeKey> chain() {
		List<ArchetypeKey> chain = new ArrayList<>(6);
		for (Level level : Level.values()) {
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
