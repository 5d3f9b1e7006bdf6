package io.waypost.content.liquid.expression;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Collects the names that a template reads and assigns, in all its branches. */
public final class TemplateReferences {

	private static final Set<String> BUILT_IN = Set.of("forloop", "tablerowloop");

	private final Map<String, Integer> read = new TreeMap<>();

	private final Set<String> assigned = new HashSet<>(BUILT_IN);

	/**
	 * Adds a variable that the template reads.
	 * @param name root name
	 * @param offset offset in the source
	 */
	public void read(String name, int offset) {
		this.read.putIfAbsent(name, offset);
	}

	/**
	 * Adds a variable that the template assigns.
	 * @param name its name
	 */
	public void assigned(String name) {
		this.assigned.add(name);
	}

	/**
	 * Returns the merge tags.
	 * @return offset of the first use of each name that the template reads and does not
	 * assign
	 */
	public Map<String, Integer> mergeTags() {
		Map<String, Integer> tags = new TreeMap<>(this.read);
		tags.keySet().removeAll(this.assigned);
		return tags;
	}

}
