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
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * The segments that a definition refers to, directly or not, as they stand now: the live
 * version of each, else the newest.
 */
public final class SegmentReferences {

	/** Conditions of a definition and all it refers to. */
	static final int MAX_CONDITIONS = 200;

	private final Map<String, Segment> segments = new HashMap<>();

	private final Map<String, ParseResult.ParsedCondition> readings = new HashMap<>();

	private final Set<String> missing = new LinkedHashSet<>();

	private SegmentReferences() {
	}

	/** Collects level by level: as many statements as references are nested. */
	public static SegmentReferences of(SegmentRepository rows, TenantId tenant, Collection<String> names) {
		SegmentReferences glossary = new SegmentReferences();
		Set<String> wanted = new LinkedHashSet<>(names);
		while (!wanted.isEmpty()) {
			Set<String> next = new LinkedHashSet<>();
			for (Segment segment : rows.find(tenant, wanted)) {
				next.addAll(glossary.add(segment).references().keySet());
			}
			wanted.removeAll(glossary.segments.keySet());
			glossary.missing.addAll(wanted);
			next.removeAll(glossary.segments.keySet());
			next.removeAll(glossary.missing);
			wanted = next;
		}
		return glossary;
	}

	/** A segment to be judged as if it were in force. */
	ParseResult.ParsedCondition add(Segment segment) {
		ParseResult.ParsedCondition reading = read(segment);
		this.segments.put(segment.name(), segment);
		this.readings.put(segment.name(), reading);
		this.missing.remove(segment.name());
		return reading;
	}

	/**
	 * What a segment says.
	 * @throws IllegalArgumentException when it is none of these
	 */
	public Condition condition(String name) {
		ParseResult.ParsedCondition reading = this.readings.get(name);
		if (reading == null) {
			throw new IllegalArgumentException("Segment '%s' was not looked up".formatted(name));
		}
		return reading.condition();
	}

	public Collection<Segment> segments() {
		return this.segments.values();
	}

	Set<String> missing() {
		return this.missing;
	}

	/** The first circle in which segments refer to each other, from a name to itself. */
	Optional<List<String>> cycle() {
		Set<String> cleared = new LinkedHashSet<>();
		for (String name : this.readings.keySet().stream().sorted().toList()) {
			List<String> circle = cycle(name, new ArrayList<>(), cleared);
			if (circle != null) {
				return Optional.of(circle);
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
		ParseResult.ParsedCondition reading = this.readings.get(name);
		if (reading != null && !cleared.contains(name)) {
			for (String next : reading.references().keySet()) {
				List<String> circle = cycle(next, path, cleared);
				if (circle != null) {
					return circle;
				}
			}
		}
		cleared.add(name);
		path.removeLast();
		return null;
	}

	/**
	 * How many single conditions a condition comes to with all it refers to; only without
	 * circles.
	 */
	long conditionCount(Condition condition) {
		return conditionCount(condition, new HashMap<>());
	}

	private long conditionCount(Condition condition, Map<String, Long> known) {
		long[] weight = new long[1];
		condition.forEachLeaf((one) -> {
			if (one instanceof Condition.InSegment(String name)) {
				Long inner = known.get(name);
				if (inner == null) {
					inner = this.readings.containsKey(name) ? conditionCount(condition(name), known) : 0;
					known.put(name, inner);
				}
				weight[0] = Math.min(MAX_CONDITIONS + 1L, weight[0] + inner);
			}
			else {
				weight[0]++;
			}
		});
		return weight[0];
	}

	private static ParseResult.ParsedCondition read(Segment segment) {
		return switch (SegmentLanguage.parse(segment.definition())) {
			case ParseResult.ParsedCondition read -> read;
			case ParseResult.SyntaxProblem misread ->
				throw new IllegalStateException("Segment %s version %d does not parse: %s".formatted(segment.name(),
						segment.version(), misread.detail()));
		};
	}

}
