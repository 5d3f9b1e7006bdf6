package io.waypost.agent.archetype;

import java.util.List;

/**
 * The people of an audience who share words.
 *
 * @param key {@code goal|language|stage|value|category}; {@code *} for what does not
 * matter
 * @param locale BCP 47 tag that most of them prefer
 * @param people how many they are
 * @param merged the finer keys of its people, with how many they are; too few to stand
 * alone
 */
public record ArchetypeCell(String key, String locale, int people, List<String> merged) {

	/** Version of the definition by which people are divided. */
	public static final String DEFINITION = "archetype-def@v1";

	public ArchetypeCell {
		merged = List.copyOf(merged);
	}

}
