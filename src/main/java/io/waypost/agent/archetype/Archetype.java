package io.waypost.agent.archetype;

import java.util.List;

/**
 * An archetype of an audience: recipients that share generated content.
 *
 * @param key {@code goal|language|stage|value|category}; {@code *} for parts that do not
 * matter
 * @param locale BCP 47 tag that most of its recipients prefer
 * @param people number of recipients
 * @param merged more specific keys with their number of recipients, which were too few
 * for an archetype of their own
 */
public record Archetype(String key, String locale, int people, List<String> merged) {

	/** Version of the archetype definition. */
	public static final String DEFINITION = "archetype-def@v1";

	public Archetype {
		merged = List.copyOf(merged);
	}

}
