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
 * Divides people into cells that are large enough to be worth words of their own. The
 * cells themselves are the rule: a person belongs to the first cell of the chain of their
 * own key, so that dividing once is enough for people whose features change afterwards.
 *
 * <p>
 * A cell of fewer than {@code max(200, 0.5 %)} people gives up its value, then its
 * category; only a whole stage may be smaller. Categories beyond the six that most people
 * lean to are none. There are at most {@code min(96, 0.136 N)} cells, one at the least:
 * for the sake of that cap stages, and at last languages, are merged too.
 */
final class ArchetypePartitioner {

	private static final int SMALLEST = 200;

	private static final double SMALLEST_SHARE = 0.005;

	private static final int CATEGORIES = 6;

	private static final int MOST = 96;

	private static final double MOST_SHARE = 0.136;

	private static final Comparator<Map.Entry<ArchetypeKey, Integer>> FIRST_TO_GO = Comparator.<Map.Entry<ArchetypeKey, Integer>, ArchetypeLevel>comparing(
			(cell) -> cell.getKey().level())
		.thenComparing(Map.Entry::getValue)
		.thenComparing(Map.Entry::getKey);

	private final Map<ArchetypeKey, Integer> people;

	private final Set<ArchetypeKey> cells;

	private final int smallest;

	private final int most;

	private ArchetypePartitioner(Map<ArchetypeKey, Integer> people) {
		this.people = people;
		this.cells = new HashSet<>(people.keySet());
		int all = people.values().stream().mapToInt(Integer::intValue).sum();
		this.smallest = smallest(all);
		this.most = most(all);
	}

	/** How many people a cell needs to stand alone. */
	static int smallest(int all) {
		return Math.max(SMALLEST, (int) Math.ceil(SMALLEST_SHARE * all));
	}

	/** How many cells there may be. */
	static int most(int all) {
		return Math.clamp((long) Math.floor(MOST_SHARE * all), 1, MOST);
	}

	/**
	 * Divides people.
	 * @param counted how many people have which key
	 * @return each cell with the keys of its people and how many they are
	 */
	static Map<ArchetypeKey, Map<ArchetypeKey, Integer>> partition(Map<ArchetypeKey, Integer> counted) {
		ArchetypePartitioner division = new ArchetypePartitioner(withTopCategories(counted));
		division.mergeSmall();
		while (division.sizes().size() > division.most) {
			division.merge(division.sizes().entrySet().stream().min(FIRST_TO_GO).orElseThrow().getKey());
			division.mergeSmall();
		}
		return division.parts();
	}

	/**
	 * Finds where a person belongs: the finest cell of the key's chain. Somebody of a
	 * stage or language that nobody had when the cells were made goes to the nearest one.
	 * @param key the person's own
	 * @param cells those there are
	 * @return one of them, or empty when there are none
	 */
	static Optional<ArchetypeKey> assign(ArchetypeKey key, Collection<ArchetypeKey> cells) {
		for (ArchetypeLevel level : ArchetypeLevel.values()) {
			ArchetypeKey wider = key.at(level);
			if (cells.contains(wider)) {
				return Optional.of(wider);
			}
		}
		return cells.stream()
			.max(Comparator.<ArchetypeKey>comparingInt((cell) -> likeness(key, cell))
				.thenComparing(Comparator.reverseOrder()));
	}

	/**
	 * Words one can read count for most, facts that are wrong for the person for least.
	 */
	private static int likeness(ArchetypeKey key, ArchetypeKey cell) {
		return (key.language().equals(cell.language()) ? 8 : 0) + (cell.stage().equals(ArchetypeKey.ANY) ? 4 : 0)
				+ (fits(key.category(), cell.category()) ? 2 : 0) + (fits(key.value(), cell.value()) ? 1 : 0);
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
		Map<ArchetypeKey, Integer> folded = new TreeMap<>();
		counted.forEach((key, people) -> folded
			.merge(top.contains(key.category()) ? key : key.at(ArchetypeLevel.NO_CATEGORY), people, Integer::sum));
		return folded;
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
			.filter((cell) -> cell.getValue() < this.smallest
					&& cell.getKey().level().compareTo(ArchetypeLevel.STAGE) < 0)
			.min(FIRST_TO_GO)
			.map(Map.Entry::getKey);
	}

	private void merge(ArchetypeKey cell) {
		this.cells.remove(cell);
		this.cells.add(cell.parent());
	}

	private Map<ArchetypeKey, Integer> sizes() {
		Map<ArchetypeKey, Integer> sizes = new HashMap<>();
		this.people.forEach((key, count) -> sizes.merge(home(key), count, Integer::sum));
		this.cells.retainAll(sizes.keySet());
		return sizes;
	}

	private ArchetypeKey home(ArchetypeKey key) {
		return assign(key, this.cells).orElseThrow();
	}

	private Map<ArchetypeKey, Map<ArchetypeKey, Integer>> parts() {
		Map<ArchetypeKey, Map<ArchetypeKey, Integer>> parts = new TreeMap<>();
		this.people
			.forEach((key, count) -> parts.computeIfAbsent(home(key), (cell) -> new TreeMap<>()).put(key, count));
		return parts;
	}

	/** Tells people of a cell apart, for whoever asks why they share words. */
	static List<String> mergedKeys(ArchetypeKey cell, Map<ArchetypeKey, Integer> parts) {
		List<String> merged = new ArrayList<>();
		parts.forEach((key, count) -> {
			if (!key.equals(cell)) {
				merged.add(key + " (" + count + ")");
			}
		});
		return merged;
	}

}
