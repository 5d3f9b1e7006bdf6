package io.waypost.agent.archetype;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.waypost.agent.archetype.ArchetypeKey.ArchetypeLevel;

/**
 * Partitions an audience into archetypes that are large enough for their own content. The
 * set of keys defines the archetypes: a recipient belongs to the first key in the chain
 * of the recipient's own key, so recipients whose features change later need no new
 * partition.
 *
 * <p>
 * An archetype of fewer than {@code max(200, 0.5 %)} recipients is merged by dropping its
 * value, then its category; only a whole stage may be smaller. Only the six most frequent
 * categories are used. There is at least one and at most {@code min(96, 0.136 N)}
 * archetypes; to stay below that limit stages, and finally languages, are merged as well.
 */
final class ArchetypePartitioner {

	private static final int MIN_SIZE = 200;

	private static final double MIN_SHARE = 0.005;

	private static final int CATEGORIES = 6;

	private static final int MAX_ARCHETYPES = 96;

	private static final double MAX_ARCHETYPES_SHARE = 0.136;

	private static final Comparator<Map.Entry<ArchetypeKey, Integer>> MERGE_ORDER = Comparator.<Map.Entry<ArchetypeKey, Integer>, ArchetypeLevel>comparing(
			(archetype) -> archetype.getKey().level())
		.thenComparing(Map.Entry::getValue)
		.thenComparing(Map.Entry::getKey);

	private final Map<ArchetypeKey, Integer> people;

	private final Set<ArchetypeKey> archetypes;

	private final int smallest;

	private final int max;

	private ArchetypePartitioner(Map<ArchetypeKey, Integer> people) {
		this.people = people;
		this.archetypes = new HashSet<>(people.keySet());
		int all = people.values().stream().mapToInt(Integer::intValue).sum();
		this.smallest = smallest(all);
		this.max = max(all);
	}

	/** Returns the minimum size of an archetype. */
	static int smallest(int all) {
		return Math.max(MIN_SIZE, (int) Math.ceil(MIN_SHARE * all));
	}

	/** Returns the maximum number of archetypes. */
	static int max(int all) {
		return Math.clamp((long) Math.floor(MAX_ARCHETYPES_SHARE * all), 1, MAX_ARCHETYPES);
	}

	/**
	 * Partitions recipients.
	 * @param counted number of recipients by key
	 * @return number of recipients by key, for each archetype
	 */
	static Map<ArchetypeKey, Map<ArchetypeKey, Integer>> partition(Map<ArchetypeKey, Integer> counted) {
		ArchetypePartitioner division = new ArchetypePartitioner(withTopCategories(counted));
		division.mergeSmall();
		while (division.sizes().size() > division.max) {
			division.merge(division.sizes().entrySet().stream().min(MERGE_ORDER).orElseThrow().getKey());
			division.mergeSmall();
		}
		return division.parts();
	}

	/**
	 * Assigns a recipient to an archetype: the most specific one in the chain of the key.
	 * A recipient with a stage or language that did not occur in the partition gets the
	 * most similar archetype.
	 * @param key the recipient's key
	 * @param archetypes the archetypes
	 * @return one of them, empty when there are none
	 */
	static Optional<ArchetypeKey> assign(ArchetypeKey key, Collection<ArchetypeKey> archetypes) {
		for (ArchetypeLevel level : ArchetypeLevel.values()) {
			ArchetypeKey wider = key.at(level);
			if (archetypes.contains(wider)) {
				return Optional.of(wider);
			}
		}
		return archetypes.stream()
			.max(Comparator.<ArchetypeKey>comparingInt((archetype) -> similarity(key, archetype))
				.thenComparing(Comparator.reverseOrder()));
	}

	/**
	 * Rates similarity. A matching language has the highest weight, a matching value the
	 * lowest.
	 */
	private static int similarity(ArchetypeKey key, ArchetypeKey archetype) {
		return (key.language().equals(archetype.language()) ? 8 : 0)
				+ (archetype.stage().equals(ArchetypeKey.ANY) ? 4 : 0)
				+ (fits(key.category(), archetype.category()) ? 2 : 0) + (fits(key.value(), archetype.value()) ? 1 : 0);
	}

	private static boolean fits(String own, String theirs) {
		return theirs.equals(ArchetypeKey.ANY) || theirs.equals(own);
	}

	private static Map<ArchetypeKey, Integer> withTopCategories(Map<ArchetypeKey, Integer> counted) {
		Map<String, Integer> categories = new HashMap<>();
		counted.forEach((key, people) -> categories.merge(key.category(), people, Integer::sum));
		categories.remove(ArchetypeKey.ANY);
		Set<String> top = categories.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
			.limit(CATEGORIES)
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
		Map<ArchetypeKey, Integer> counts = new TreeMap<>();
		counted.forEach((key, people) -> counts
			.merge(top.contains(key.category()) ? key : key.at(ArchetypeLevel.NO_CATEGORY), people, Integer::sum));
		return counts;
	}

	private void mergeSmall() {
		Optional<ArchetypeKey> small = small();
		while (small.isPresent()) {
			merge(small.get());
			small = small();
		}
	}

	private Optional<ArchetypeKey> small() {
		return sizes().entrySet()
			.stream()
			.filter((archetype) -> archetype.getValue() < this.smallest
					&& archetype.getKey().level().compareTo(ArchetypeLevel.STAGE) < 0)
			.min(MERGE_ORDER)
			.map(Map.Entry::getKey);
	}

	private void merge(ArchetypeKey archetype) {
		this.archetypes.remove(archetype);
		this.archetypes.add(archetype.parent());
	}

	private Map<ArchetypeKey, Integer> sizes() {
		Map<ArchetypeKey, Integer> sizes = new HashMap<>();
		this.people.forEach((key, count) -> sizes.merge(archetype(key), count, Integer::sum));
		this.archetypes.retainAll(sizes.keySet());
		return sizes;
	}

	private ArchetypeKey archetype(ArchetypeKey key) {
		return assign(key, this.archetypes).orElseThrow();
	}

	private Map<ArchetypeKey, Map<ArchetypeKey, Integer>> parts() {
		Map<ArchetypeKey, Map<ArchetypeKey, Integer>> parts = new TreeMap<>();
		this.people.forEach(
				(key, count) -> parts.computeIfAbsent(archetype(key), (archetype) -> new TreeMap<>()).put(key, count));
		return parts;
	}

	/** Describes the keys that were merged into an archetype, for explanations. */
	static List<String> mergedKeys(ArchetypeKey archetype, Map<ArchetypeKey, Integer> parts) {
		List<String> merged = new ArrayList<>();
		parts.forEach((key, count) -> {
			if (!key.equals(archetype)) {
				merged.add(key + " (" + count + ")");
			}
		});
		return merged;
	}

}
