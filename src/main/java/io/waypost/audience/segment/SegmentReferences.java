package io.waypost.audience.segment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.waypost.audience.Segment;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.ParseResult;
import io.waypost.audience.language.ParseResult.ParsedCondition;
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * The segments that a definition refers to, directly or indirectly: the live version of
 * each, or the newest if none is live.
 */
public final class SegmentReferences {

	/** Maximum number of conditions of a definition including all references. */
	static final int MAX_CONDITIONS = 200;

	private final Map<String, Segment> segments = new HashMap<>();

	private final Map<String, ParsedCondition> parsed = new HashMap<>();

	private final Set<String> missing = new LinkedHashSet<>();

	private SegmentReferences() {
	}

	/** Loads segments and what they refer to, with one statement per level of nesting. */
	public static SegmentReferences of(SegmentRepository repository, TenantId tenant, Collection<String> names) {
		SegmentReferences references = new SegmentReferences();
		Set<String> requested = new LinkedHashSet<>(names);
		while (!requested.isEmpty()) {
			Set<String> next = new LinkedHashSet<>();
			for (Segment segment : repository.find(tenant, requested)) {
				next.addAll(references.add(segment).references().keySet());
			}
			requested.removeAll(references.segments.keySet());
			references.missing.addAll(requested);
			next.removeAll(references.segments.keySet());
			next.removeAll(references.missing);
			requested = next;
		}
		return references;
	}

	/** Adds a segment as if it were live, to validate it. */
	ParsedCondition add(Segment segment) {
		ParsedCondition condition = parse(segment);
		this.segments.put(segment.name(), segment);
		this.parsed.put(segment.name(), condition);
		this.missing.remove(segment.name());
		return condition;
	}

	/**
	 * Returns the condition of a segment.
	 * @throws IllegalArgumentException when the segment was not loaded
	 */
	public Condition condition(String name) {
		ParsedCondition condition = this.parsed.get(name);
		if (condition == null) {
			throw new IllegalArgumentException("Segment '%s' was not loaded".formatted(name));
		}
		return condition.condition();
	}

	public Collection<Segment> segments() {
		return this.segments.values();
	}

	/** Names of segments that do not exist. */
	Set<String> missing() {
		return this.missing;
	}

	/** Finds a cycle of references; the path starts and ends with the same name. */
	Optional<List<String>> cycle() {
		Set<String> cleared = new LinkedHashSet<>();
		for (String name : this.parsed.keySet().stream().sorted().toList()) {
			List<String> cycle = cycle(name, new ArrayList<>(), cleared);
			if (cycle != null) {
				return Optional.of(cycle);
			}
		}
		return Optional.empty();
	}

	private @Nullable List<String> cycle(String name, List<String> path, Set<String> cleared) {
		int before = path.indexOf(name);
		path.add(name);
		if (before >= 0) {
			return path.subList(before, path.size());
		}
		ParsedCondition condition = this.parsed.get(name);
		if (condition != null && !cleared.contains(name)) {
			for (String next : condition.references().keySet()) {
				List<String> cycle = cycle(next, path, cleared);
				if (cycle != null) {
					return cycle;
				}
			}
		}
		cleared.add(name);
		path.removeLast();
		return null;
	}

	/**
	 * Counts the single conditions of a condition including all references. There must be
	 * no cycle. The result is capped just above {@link #MAX_CONDITIONS}.
	 */
	long conditionCount(Condition condition) {
		return conditionCount(condition, new HashMap<>());
	}

	private long conditionCount(Condition condition, Map<String, Long> counted) {
		long[] count = new long[1];
		condition.forEachLeaf((leaf) -> {
			if (leaf instanceof Condition.InSegment(String name)) {
				Long inner = counted.get(name);
				if (inner == null) {
					inner = this.parsed.containsKey(name) ? conditionCount(condition(name), counted) : 0;
					counted.put(name, inner);
				}
				count[0] = Math.min(MAX_CONDITIONS + 1L, count[0] + inner);
			}
			else {
				count[0]++;
			}
		});
		return count[0];
	}

	private static ParsedCondition parse(Segment segment) {
		return switch (SegmentLanguage.parse(segment.definition())) {
			case ParsedCondition parsed -> parsed;
			case ParseResult.SyntaxProblem problem ->
				throw new IllegalStateException("The definition of segment '%s' version %d cannot be parsed: %s"
					.formatted(segment.name(), segment.version(), problem.detail()));
		};
	}

}
