package io.waypost.agent.archetype;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.waypost.agent.archetype.ArchetypeKey.ArchetypeLevel;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Properties of archetype partitions, tested with audiences from a seeded generator. */
class ArchetypePartitionerTests {

	@Property(tries = 50)
	void putsEverybodyIntoOneCell(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60_000) int people) {
		Map<ArchetypeKey, Integer> audience = audience(new Random(seed), people);
		Map<ArchetypeKey, Map<ArchetypeKey, Integer>> parts = ArchetypePartitioner.partition(audience);
		assertThat(parts.values().stream().flatMap((keys) -> keys.values().stream()).mapToInt((count) -> count).sum())
			.isEqualTo(people);
		audience.keySet()
			.forEach((key) -> assertThat(ArchetypePartitioner.assign(key, parts.keySet())).hasValueSatisfying(
					(archetype) -> assertThat(key.chain()).as("%s belongs to a archetype that holds it", key)
						.contains(archetype)));
	}

	@Property(tries = 50)
	void neverExceedsTheCap(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60_000) int people) {
		int archetypes = ArchetypePartitioner.partition(audience(new Random(seed), people)).size();
		assertThat(archetypes).isPositive()
			.isLessThanOrEqualTo(Math.max(1, Math.min(96, (int) Math.floor(0.136 * people))));
	}

	@Property(tries = 50)
	void leavesNothingSmallButWholeStages(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60_000) int people) {
		ArchetypePartitioner.partition(audience(new Random(seed), people)).forEach((archetype, keys) -> {
			int size = keys.values().stream().mapToInt(Integer::intValue).sum();
			assertThat(size).isPositive();
			if (archetype.level().compareTo(ArchetypeLevel.STAGE) < 0) {
				assertThat(size).as("%s", archetype)
					.isGreaterThanOrEqualTo(Math.max(200, (int) Math.ceil(0.005 * people)));
			}
		});
	}

	@Property(tries = 20)
	void dividesAlikeInAnyOrder(@ForAll long seed) {
		Map<ArchetypeKey, Integer> audience = audience(new Random(seed), 20_000);
		List<ArchetypeKey> keys = new ArrayList<>(audience.keySet());
		Collections.shuffle(keys, new Random(seed + 1));
		Map<ArchetypeKey, Integer> shuffled = new LinkedHashMap<>();
		keys.forEach((key) -> shuffled.put(key, audience.get(key)));
		assertThat(ArchetypePartitioner.partition(shuffled)).isEqualTo(ArchetypePartitioner.partition(audience));
	}

	@Test
	void dropsTheValueFirstAndThenTheCategory() {
		Map<ArchetypeKey, Integer> audience = new HashMap<>();
		audience.put(key("active", "low", "Tea"), 1_000);
		audience.put(key("active", "mid", "Tea"), 150);
		audience.put(key("active", "high", "Tea"), 120);
		audience.put(key("active", "low", "Cups"), 30);
		Map<ArchetypeKey, Map<ArchetypeKey, Integer>> parts = ArchetypePartitioner.partition(audience);
		assertThat(parts.keySet()).extracting(ArchetypeKey::toString)
			.containsExactlyInAnyOrder("sale|en|active|low|Tea", "sale|en|active|*|Tea", "sale|en|active|*|*");
		assertThat(ArchetypePartitioner.mergedKeys(key("active", "*", "Tea"), parts.get(key("active", "*", "Tea"))))
			.containsExactly("sale|en|active|high|Tea (120)", "sale|en|active|mid|Tea (150)");
	}

	@Test
	void keepsTheSixMostFrequentCategories() {
		Map<ArchetypeKey, Integer> audience = new HashMap<>();
		for (int category = 0; category < 9; category++) {
			audience.put(key("active", "low", "c" + category), 1_000 + category);
		}
		assertThat(ArchetypePartitioner.partition(audience).keySet()).extracting(ArchetypeKey::category)
			.containsExactlyInAnyOrder("*", "c3", "c4", "c5", "c6", "c7", "c8");
	}

	@Test
	void mergesLanguagesOfASmallAudience() {
		Map<ArchetypeKey, Integer> audience = Map.of(key("active", "low", "*"), 3,
				new ArchetypeKey("sale", "de", "new", "low", "*"), 2);
		assertThat(ArchetypePartitioner.partition(audience).keySet()).extracting(ArchetypeKey::toString)
			.containsExactly("sale|*|*|*|*");
	}

	@Test
	void assignsAChangedProfileToTheMostSimilarArchetype() {
		List<ArchetypeKey> archetypes = List.of(key("new", "*", "*"),
				new ArchetypeKey("sale", "de", "active", "*", "*"));
		assertThat(ArchetypePartitioner.assign(key("active", "high", "Tea"), archetypes))
			.contains(archetypes.getFirst());
		assertThat(ArchetypePartitioner.assign(key("active", "high", "Tea"), List.of())).isEqualTo(Optional.empty());
		assertThat(ArchetypePartitioner.partition(Map.of())).isEmpty();
	}

	@Test
	void parsesItsTextForm() {
		ArchetypeKey key = new ArchetypeKey("summer|sale", "en", "active", "low", "Pots|Pans");
		assertThat(ArchetypeKey.parse(key.toString())).isEqualTo(key);
	}

	private static ArchetypeKey key(String stage, String value, String category) {
		return new ArchetypeKey("sale", "en", stage, value, category);
	}

	/** Skewed distribution of categories and languages. */
	private static Map<ArchetypeKey, Integer> audience(Random random, int people) {
		List<String> languages = List.of("en", "en", "en", "de", "fr");
		List<String> stages = List.of("prospect", "new", "active", "active", "loyal", "at_risk", "lapsed");
		List<String> values = List.of("low", "low", "mid", "high");
		Map<ArchetypeKey, Integer> audience = new HashMap<>();
		for (int person = 0; person < people; person++) {
			int category = (int) (12 * random.nextDouble() * random.nextDouble());
			audience.merge(new ArchetypeKey("sale", any(languages, random), any(stages, random), any(values, random),
					(category == 0) ? "*" : "c" + category), 1, Integer::sum);
		}
		return audience;
	}

	private static String any(List<String> texts, Random random) {
		return texts.get(random.nextInt(texts.size()));
	}

}
