package io.waypost.feature.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.waypost.feature.Features;
import io.waypost.feature.state.FeatureState;
import io.waypost.feature.state.FeatureTestEvents;
import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares online values with values as of a past moment. */
class PointInTimeTests {

	private static final int PROFILES = 100;

	private static final int MOMENTS = 10;

	private final Random random = new Random(20261121);

	@Test
	void readsTheValuesThatWereOnlineThen() {
		int compared = 0;
		for (int number = 0; number < PROFILES; number++) {
			ProfileId profile = FeatureTestEvents.profile();
			List<Event> events = history(profile);
			for (int moment = 0; moment < MOMENTS; moment++) {
				Instant at = moment();
				assertThat(asOf(profile, events, at)).isEqualTo(online(profile, events, at));
				compared++;
			}
		}
		assertThat(compared).isEqualTo(1000);
	}

	@Test
	void excludesLateAndFutureEvents() {
		ProfileId profile = FeatureTestEvents.profile();
		for (int number = 0; number < PROFILES; number++) {
			Instant at = moment();
			List<Event> events = history(profile);
			List<Event> known = events.stream().filter((event) -> knownAt(event, at)).toList();
			assertThat(asOf(profile, events, at)).isEqualTo(asOf(profile, known, at));
			assertThat(known.size()).isLessThan(events.size());
		}
	}

	@Test
	void detectsALeak() {
		ProfileId profile = FeatureTestEvents.profile();
		Instant at = FeatureTestEvents.START.plus(Duration.ofDays(60));
		List<Event> events = history(profile);
		Features leaking = FeatureCalculator.of(profile,
				FeatureState.of(events.stream().filter((event) -> !event.occurredAt().isAfter(at)).toList()), at);
		assertThat(leaking).isNotEqualTo(asOf(profile, events, at));
	}

	/** Applies events one by one and stores the state in between, like the listener. */
	private static Features online(ProfileId profile, List<Event> events, Instant at) {
		byte[] stored = new FeatureState().encode();
		List<Event> arrived = events.stream()
			.filter((event) -> !event.receivedAt().isAfter(at))
			.sorted(Comparator.comparing(Event::receivedAt))
			.toList();
		for (Event event : arrived) {
			FeatureState state = FeatureState.decode(stored);
			state.apply(event);
			stored = state.encode();
		}
		return FeatureCalculator.of(profile, FeatureState.decode(stored), at);
	}

	/** Folds the log, oldest first, like the store. */
	private static Features asOf(ProfileId profile, List<Event> events, Instant at) {
		List<Event> known = events.stream()
			.filter((event) -> knownAt(event, at))
			.sorted(Comparator.comparing(Event::occurredAt))
			.toList();
		return FeatureCalculator.of(profile, FeatureState.of(known), at);
	}

	private static boolean knownAt(Event event, Instant at) {
		return !event.occurredAt().isAfter(at) && !event.receivedAt().isAfter(at);
	}

	private List<Event> history(ProfileId profile) {
		return Stream.generate(() -> FeatureTestEvents.any(profile, this.random)).limit(60).toList();
	}

	private Instant moment() {
		return FeatureTestEvents.START.plus(Duration.ofMinutes(60 + this.random.nextInt(60 * 24 * 118)));
	}

}
