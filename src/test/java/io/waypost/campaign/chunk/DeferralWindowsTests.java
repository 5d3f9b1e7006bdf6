package io.waypost.campaign.chunk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeferralWindowsTests {

	private static final Instant NOW = Instant.parse("2026-11-30T22:00:00Z");

	private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

	@Test
	void waitsForTheWindow() {
		Instant morning = NOW.plus(Duration.ofHours(10));
		assertThat(new DeferralWindows(false, this.clock).opensAt(morning)).isEqualTo(morning);
	}

	@Test
	void opensTheWindowAfterTwoSecondsInFastTime() {
		Instant morning = NOW.plus(Duration.ofHours(10));
		assertThat(new DeferralWindows(true, this.clock).opensAt(morning)).isEqualTo(NOW.plusSeconds(2));
	}

	@Test
	void neverOpensAWindowLaterInFastTime() {
		assertThat(new DeferralWindows(true, this.clock).opensAt(NOW.plusSeconds(1))).isEqualTo(NOW.plusSeconds(1));
	}

}
