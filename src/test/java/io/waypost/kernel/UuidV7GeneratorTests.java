package io.waypost.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UuidV7GeneratorTests {

	private final MutableClock clock = MutableClock.at("2026-11-30T10:00:00Z");

	private final UuidV7Generator generator = new UuidV7Generator(this.clock, RandomGenerator.getDefault());

	@Test
	void startsWithTheTime() {
		UUID id = this.generator.next();
		assertThat(id.version()).isEqualTo(7);
		assertThat(id.variant()).isEqualTo(2);
		assertThat(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16)).isEqualTo(this.clock.instant());
	}

	@Test
	void sortsByCreationAlsoWhenTheClockIsSetBack() {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			ids.add(this.generator.next().toString());
		}
		this.clock.set(this.clock.instant().minusSeconds(60));
		ids.add(this.generator.next().toString());
		assertThat(ids).isSorted();
		assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
	}

}
