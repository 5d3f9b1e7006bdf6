package io.waypost.console;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LengthsTests {

	@Test
	void writesLengthsForBriefs() {
		assertThat(Lengths.iso("6", "H")).isEqualTo("PT6H");
		assertThat(Lengths.iso(" 90 ", "M")).isEqualTo("PT90M");
		assertThat(Lengths.iso("2", "D")).isEqualTo("P2D");
		assertThat(Lengths.iso("6", null)).isEqualTo("PT6H");
		assertThat(Lengths.iso(" ", "D")).isNull();
		assertThat(Lengths.iso(null, "D")).isNull();
	}

	@Test
	void leavesWhatIsNoNumberToWhoeverRefusesIt() {
		assertThat(Lengths.iso("soon", "H")).isEqualTo("soon");
		assertThat(Lengths.iso("1.5", "H")).isEqualTo("1.5");
		assertThat(Lengths.iso("12345678901234567890", "D")).isEqualTo("12345678901234567890");
		assertThat(Duration.parse(Lengths.iso("999999999", "D"))).isPositive();
	}

	@Test
	void saysLengthsExactly() {
		assertThat(Lengths.words(Duration.ofMinutes(90))).isEqualTo("90 minutes");
		assertThat(Lengths.words(Duration.ofHours(1))).isEqualTo("1 hour");
		assertThat(Lengths.words(Duration.ofHours(24))).isEqualTo("24 hours");
		assertThat(Lengths.words(Duration.ofHours(36))).isEqualTo("36 hours");
		assertThat(Lengths.words(Duration.ofHours(48))).isEqualTo("2 days");
		assertThat(Lengths.words(Duration.ofSeconds(61))).isEqualTo("61 seconds");
	}

	@Test
	void saysLengthsInSentences() {
		assertThat(Lengths.readable("P99D is not between PT1M and PT336H"))
			.isEqualTo("99 days is not between 1 minute and 14 days");
		assertThat(Lengths.readable("PT-3H, PTT or $1")).isEqualTo("-3 hours, PTT or $1");
	}

}
