package io.waypost.console;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DurationFormatTests {

	private final DurationFormat durations = new DurationFormat(new Labels(new ConsoleConfiguration().messageSource()));

	@Test
	void convertsToIso8601() {
		assertThat(DurationFormat.iso("6", "H")).isEqualTo("PT6H");
		assertThat(DurationFormat.iso(" 90 ", "M")).isEqualTo("PT90M");
		assertThat(DurationFormat.iso("2", "D")).isEqualTo("P2D");
		assertThat(DurationFormat.iso("6", null)).isEqualTo("PT6H");
		assertThat(DurationFormat.iso(" ", "D")).isNull();
		assertThat(DurationFormat.iso(null, "D")).isNull();
	}

	@Test
	void keepsInputThatIsNotANumber() {
		assertThat(DurationFormat.iso("soon", "H")).isEqualTo("soon");
		assertThat(DurationFormat.iso("1.5", "H")).isEqualTo("1.5");
		assertThat(DurationFormat.iso("12345678901234567890", "D")).isEqualTo("12345678901234567890");
		assertThat(Duration.parse(DurationFormat.iso("999999999", "D"))).isPositive();
	}

	@Test
	void formatsExactly() {
		assertThat(this.durations.format(Duration.ofMinutes(90))).isEqualTo("90 minutes");
		assertThat(this.durations.format(Duration.ofHours(1))).isEqualTo("1 hour");
		assertThat(this.durations.format(Duration.ofHours(24))).isEqualTo("24 hours");
		assertThat(this.durations.format(Duration.ofHours(36))).isEqualTo("36 hours");
		assertThat(this.durations.format(Duration.ofHours(48))).isEqualTo("2 days");
		assertThat(this.durations.format(Duration.ofSeconds(61))).isEqualTo("61 seconds");
	}

	@Test
	void replacesDurationsInSentences() {
		assertThat(this.durations.formatSentence("P99D is not between PT1M and PT336H"))
			.isEqualTo("99 days is not between 1 minute and 14 days");
		assertThat(this.durations.formatSentence("PT-3H, PTT or $1")).isEqualTo("-3 hours, PTT or $1");
	}

}
