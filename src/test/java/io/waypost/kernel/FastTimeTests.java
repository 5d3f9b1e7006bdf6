package io.waypost.kernel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FastTimeTests {

	private static final Instant NOW = Instant.parse("2026-11-30T22:00:00Z");

	private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

	private final FastTime off = new FastTime(false, this.clock);

	private final FastTime on = new FastTime(true, this.clock);

	@Test
	void keepsWaitsWhenOff() {
		Instant morning = NOW.plus(Duration.ofHours(10));
		assertThat(this.off.shorten(morning)).isEqualTo(morning);
		assertThat(this.off.shorten(Duration.ofHours(4))).isEqualTo(Duration.ofHours(4));
	}

	@Test
	void endsWaitsAfterTwoSeconds() {
		assertThat(this.on.shorten(NOW.plus(Duration.ofHours(10)))).isEqualTo(NOW.plusSeconds(2));
		assertThat(this.on.shorten(Duration.ofHours(4))).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void neverMakesAWaitLonger() {
		assertThat(this.on.shorten(NOW.plusSeconds(1))).isEqualTo(NOW.plusSeconds(1));
		assertThat(this.on.shorten(NOW.minusSeconds(60))).isEqualTo(NOW.minusSeconds(60));
		assertThat(this.on.shorten(Duration.ZERO)).isEqualTo(Duration.ZERO);
	}

}
