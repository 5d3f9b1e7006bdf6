package io.waypost.feature.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/** Properties of the fold, with random histories; a failure reports the seed. */
class FeatureStatePropertyTests {

	private static final ProfileId PROFILE = FeatureTestEvents.profile();

	@Property
	void doesNotDependOnTheOrderOfArrival(@ForAll long seed, @ForAll @IntRange(max = 80) int size) {
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
		FeatureState swapped = FeatureState.of(right);
		swapped.merge(FeatureState.of(left));
		assertThat(merged.encode()).isEqualTo(union.encode());
		assertThat(swapped.encode()).isEqualTo(union.encode());
	}

	@Property
	void isUnchangedByEncodingAfterEveryEvent(@ForAll long seed, @ForAll @IntRange(max = 40) int size) {
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
	void isUnchangedByIrrelevantEvents(@ForAll long seed) {
		for (Event event : history(new Random(seed), 30)) {
			if (!FeatureState.isRelevant(event)) {
				assertThat(FeatureState.of(List.of(event)).encode()).isEqualTo(new FeatureState().encode());
			}
		}
	}

	@Property(tries = 200)
	void countsDuplicateOrdersOnce(@ForAll long seed, @ForAll @IntRange(max = RecentOrders.MAX) int orders) {
		Random random = new Random(seed);
		List<Event> once = IntStream.range(0, orders).mapToObj((number) -> order(random, number)).toList();
		List<Event> reported = new ArrayList<>(once);
		once.forEach((order) -> reported.add(again(order, random)));
		Collections.shuffle(reported, random);
		PurchaseState purchase = FeatureState.of(reported).purchase();
		assertThat(purchase.orderHistory()).isEqualTo(FeatureState.of(once).purchase().orderHistory());
		assertThat(purchase.mainCurrency()).isEqualTo(FeatureState.of(once).purchase().mainCurrency());
		assertThat(purchase.orderHistory().orders()).isEqualTo(orders);
		FeatureState half = FeatureState.of(reported.subList(0, orders));
		half.merge(FeatureState.of(reported.subList(orders, reported.size())));
		assertThat(half.purchase().orderHistory()).isEqualTo(purchase.orderHistory());
		assertThat(half.purchase().mainCurrency()).isEqualTo(purchase.mainCurrency());
	}

	@Property(tries = 200)
	void countsManyOrdersInAnyOrder(@ForAll long seed) {
		Random random = new Random(seed);
		List<Event> orders = new ArrayList<>(
				IntStream.range(0, 3 * RecentOrders.MAX).mapToObj((number) -> order(random, number)).toList());
		byte[] state = FeatureState.of(orders).encode();
		Collections.shuffle(orders, random);
		FeatureState shuffled = FeatureState.of(orders);
		assertThat(shuffled.encode()).isEqualTo(state);
		assertThat(FeatureState.decode(state).purchase().orderHistory().orders()).isEqualTo(orders.size());
	}

	private static Event order(RandomGenerator random, int number) {
		Instant at = FeatureTestEvents.START.plusSeconds(random.nextInt(10_000_000));
		return FeatureTestEvents.track(PROFILE, "Order Completed", at,
				Map.of("order_id", "order-" + number, "revenue", random.nextInt(500)));
	}

	/** A later duplicate with another amount. */
	private static Event again(Event order, RandomGenerator random) {
		return FeatureTestEvents.track(PROFILE, "Order Completed",
				order.occurredAt().plusSeconds(1 + random.nextInt(90_000)),
				Map.of("order_id", order.properties().path("order_id").asText(), "total", random.nextInt(900)));
	}

	private static List<Event> history(RandomGenerator random, int size) {
		return Stream.generate(() -> FeatureTestEvents.any(PROFILE, random)).limit(size).toList();
	}

}
