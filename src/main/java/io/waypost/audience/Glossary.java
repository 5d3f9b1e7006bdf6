package io.waypost.audience;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.waypost.audience.language.Condition;
import io.waypost.audience.language.Reading;
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * The segments that a definition refers to, directly or not, as they stand now: the live
 * version of each, else the newest.
 */
final class Glossary {

	/** Conditions of a definition and all it refers to. */
	static final int MOST_CONDITIONS = 200;

	private final Map<String, Segment> segments = new HashMap<>();

	private final Map<String, Reading.Read> readings = new HashMap<>();

	private final Set<String> missing = new LinkedHashSet<>();

	private Glossary() {
	}

	/** Collects level by level: as many statements as references are nested. */
	static Glossary of(SegmentRows rows, TenantId tenant, Collection<String> names) {
		Glossary glossary = new Glossary();
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
	Reading.Read add(Segment segment) {
		Reading.Read reading = read(segment);
		this.segments.put(segment.name(), segment);
		this.readings.put(segment.name(), reading);
		this.missing.remove(segment.name());
		return reading;
	}

	/**
	 * What a segment says.
	 * @throws IllegalArgumentException when it is none of these
	 */
	Condition condition(String name) {
		Reading.Read reading = this.readings.get(name);
		if (reading == null) {
			throw new IllegalArgumentException("Segment '%s' was not looked up".formatted(name));
		}
		return reading.condition();
	}

	Collection<Segment> segments() {
		return this.segments.values();
	}

	Set<String> missing() {
		return this.missing;
	}

	/** The first circle in which segments refer to each other, from a name to itself. */
	Optional<List<String>> circle() {
		Set<String> cleared = new LinkedHashSet<>();
		for (String name : this.readings.keySet().stream().sorted().toList()) {
			List<String> circle = circle(name, new ArrayList<>(), cleared);
			if (circle != null) {
				return Optional.of(circle);
			}
		}
		return Optional.empty();
	}

	private @Nullable List<String> circle(String name, List<String> path, Set<String> cleared) {
		int before = path.indexOf(name);
		path.add(name);
		if (before >= 0) {
			return path.subList(before, path.size());
		}
		Reading.Read reading = this.readings.get(name);
		if (reading != null && !cleared.contains(name)) {
			for (String next : reading.references().keySet()) {
				List<String> circle = circle(next, path, cleared);
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
	long weight(Condition condition) {
		return weight(condition, new HashMap<>());
	}

	private long weight(Condition condition, Map<String, Long> known) {
		long[] weight = new long[1];
		condition.eachSingle((one) -> {
			if (one instanceof Condition.InSegment(String name)) {
				Long inner = known.get(name);
				if (inner == null) {
					inner = this.readings.containsKey(name) ? weight(condition(name), known) : 0;
					known.put(name, inner);
				}
				weight[0] = Math.min(MOST_CONDITIONS + 1L, weight[0] + inner);
			}
			else {
				weight[0]++;
			}
		});
		return weight[0];
	}

	private static Reading.Read read(Segment segment) {
		return switch (SegmentLanguage.read(segment.definition())) {
			case Reading.Read read -> read;
			case Reading.Misread misread -> throw new IllegalStateException("Segment %s version %d does not parse: %s"
				.formatted(segment.name(), segment.version(), misread.detail()));
		};
	}

}
