package io.waypost.feature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/** The laws of the fold. Histories are made up from a seed that a failure reports. */
class FeatureStatePropertyTests {

	private static final ProfileId PROFILE = TestEvents.profile();

	@Property
	void givesOneStateForEveryOrderOfArrival(@ForAll long seed, @ForAll @IntRange(max = 80) int size) {
		Random random = new Random(seed);
		List<Event> events = history(random, size);
		byte[] state = FeatureState.of(events).encode();
		List<Event> shuffled = new ArrayList<>(events);
		Collections.shuffle(shuffled, random);
		assertThat(FeatureState.of(shuffled).encode()).isEqualTo(state);
	}

	@Property
	void mergesTwoHistoriesIntoTheStateOfTheirUnion(@ForAll long seed, @ForAll @IntRange(max = 60) int one,
			@ForAll @IntRange(max = 60) int other) {
		Random random = new Random(seed);
		List<Event> left = history(random, one);
		List<Event> right = history(random, other);
		FeatureState union = FeatureState.of(Stream.concat(left.stream(), right.stream()).toList());
		FeatureState merged = FeatureState.of(left);
		merged.merge(FeatureState.of(right));
		FeatureState turned = FeatureState.of(right);
		turned.merge(FeatureState.of(left));
		assertThat(merged.encode()).isEqualTo(union.encode());
		assertThat(turned.encode()).isEqualTo(union.encode());
	}

	@Property
	void survivesStorageAfterEveryEvent(@ForAll long seed, @ForAll @IntRange(max = 40) int size) {
		List<Event> events = history(new Random(seed), size);
		byte[] stored = new FeatureState().encode();
		for (Event event : events) {
			FeatureState state = FeatureState.decode(stored);
			state.apply(event);
			stored = state.encode();
		}
		assertThat(stored).isEqualTo(FeatureState.of(events).encode());
	}

	@Property
	void isNotMovedByEventsItIsSaidNotToConcern(@ForAll long seed) {
		for (Event event : history(new Random(seed), 30)) {
			if (!FeatureState.concerns(event)) {
				assertThat(FeatureState.of(List.of(event)).encode()).isEqualTo(new FeatureState().encode());
			}
		}
	}

	private static List<Event> history(RandomGenerator random, int size) {
		return Stream.generate(() -> TestEvents.any(PROFILE, random)).limit(size).toList();
	}

}
