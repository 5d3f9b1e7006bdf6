package io.waypost.content.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExpiringCacheTests {

	private static final Duration SHELF_LIFE = Duration.ofSeconds(10);

	private final MutableClock clock = MutableClock.at("2026-11-06T10:00:00Z");

	private final ExpiringCache<String, String> recent = new ExpiringCache<>(this.clock, SHELF_LIFE);

	private final AtomicInteger version = new AtomicInteger(1);

	private final List<List<String>> asked = new ArrayList<>();

	@Test
	void asksForOneThingOnceInAWhile() {
		assertThat(this.recent.get("a", () -> "first")).isEqualTo("first");
		this.clock.advance(SHELF_LIFE.minusMillis(1));
		assertThat(this.recent.get("a", () -> "second")).isEqualTo("first");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.recent.get("a", () -> "third")).isEqualTo("third");
	}

	@Test
	void asksForManyWithOneQuestionAndOnlyForThoseNotHeld() {
		this.recent.get("b", () -> "b of its own");
		assertThat(getAll("a", "b", "c"))
			.containsExactlyInAnyOrderEntriesOf(Map.of("a", "a1", "b", "b of its own", "c", "c1"));
		this.version.set(2);
		assertThat(getAll("a", "c", "d")).containsExactlyInAnyOrderEntriesOf(Map.of("a", "a1", "c", "c1", "d", "d2"));
		assertThat(getAll("a", "b", "c", "d")).hasSize(4);
		assertThat(this.asked).containsExactly(List.of("a", "c"), List.of("d"));
		assertThat(this.recent.get("d", () -> "not asked")).isEqualTo("d2");
	}

	@Test
	void asksAgainForEachWhenItsTimeIsOver() {
		getAll("a");
		this.clock.advance(SHELF_LIFE.dividedBy(2));
		getAll("b");
		this.clock.advance(SHELF_LIFE.dividedBy(2));
		this.version.set(2);
		assertThat(getAll("a", "b")).containsExactlyInAnyOrderEntriesOf(Map.of("a", "a2", "b", "b1"));
	}

	/** A clock that was put back does not keep things for ever. */
	@Test
	void asksAgainWhenTheClockWasPutBack() {
		getAll("a");
		this.clock.advance(Duration.ofDays(-1));
		this.version.set(2);
		assertThat(getAll("a")).containsEntry("a", "a2");
	}

	@Test
	void doesNotRememberThatSomethingWasMissing() {
		assertThat(this.recent.getAll(List.of("a"), (missing) -> Map.of())).isEmpty();
		assertThat(getAll("a")).containsEntry("a", "a1");
	}

	@Test
	void asksNobodyForNothing() {
		assertThat(getAll()).isEmpty();
		assertThat(this.asked).isEmpty();
	}

	@Test
	void forgetsOneOrAll() {
		getAll("a", "b", "c");
		this.version.set(2);
		this.recent.forget("a");
		assertThat(getAll("a", "b")).containsExactlyInAnyOrderEntriesOf(Map.of("a", "a2", "b", "b1"));
		this.recent.forgetAll();
		assertThat(getAll("b", "c")).containsExactlyInAnyOrderEntriesOf(Map.of("b", "b2", "c", "c2"));
	}

	@Test
	void answersInFullEvenForMoreThanItHolds() {
		Set<String> many = IntStream.range(0, 4_500).mapToObj(Integer::toString).collect(Collectors.toSet());
		Function<List<String>, Map<String, String>> source = (missing) -> missing.stream()
			.collect(Collectors.toMap(Function.identity(), (key) -> key + "!"));
		for (int round = 0; round < 2; round++) {
			assertThat(this.recent.getAll(many, source)).hasSize(4_500)
				.allSatisfy((key, value) -> assertThat(value).isEqualTo(key + "!"));
		}
	}

	private Map<String, String> getAll(String... keys) {
		return this.recent.getAll(List.of(keys), (missing) -> {
			this.asked.add(missing);
			return missing.stream().collect(Collectors.toMap(Function.identity(), (key) -> key + this.version.get()));
		});
	}

}
