package io.waypost.access.totp;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

class TotpCodeTests {

	private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);

	private static final Instant NOW = Instant.ofEpochSecond(1_111_111_109);

	/** RFC 6238, appendix B, SHA-1. */
	@ParameterizedTest
	@CsvSource({ "59,94287082", "1111111109,07081804", "1111111111,14050471", "1234567890,89005924",
			"2000000000,69279037", "20000000000,65353130" })
	void computesTheVectorsOfTheRfc(long second, String code) {
		assertThat(TotpCode.code(SECRET, second / 30, 8)).isEqualTo(code);
	}

	@Test
	void acceptsTheCodesOfOneStepBeforeAndAfter() {
		long step = NOW.getEpochSecond() / 30;
		for (long offset = -1; offset <= 1; offset++) {
			assertThat(TotpCode.verify(SECRET, TotpCode.code(SECRET, step + offset, 6), NOW, 0))
				.hasValue(step + offset);
		}
		assertThat(TotpCode.verify(SECRET, TotpCode.code(SECRET, step - 2, 6), NOW, 0)).isEmpty();
		assertThat(TotpCode.verify(SECRET, TotpCode.code(SECRET, step + 2, 6), NOW, 0)).isEmpty();
		assertThat(TotpCode.verify(SECRET, "081 804", NOW, 0)).hasValue(step);
		assertThat(TotpCode.verify(SECRET, "", NOW, 0)).isEmpty();
	}

	@Test
	void refusesACodeThatWasUsed() {
		long step = TotpCode.verify(SECRET, "081804", NOW, 0).orElseThrow();
		assertThat(TotpCode.verify(SECRET, "081804", NOW, step)).isEmpty();
		assertThat(TotpCode.verify(SECRET, TotpCode.code(SECRET, step - 1, 6), NOW, step)).as("an earlier one")
			.isEmpty();
	}

	/** RFC 4648, section 10, without padding. */
	@ParameterizedTest
	@CsvSource({ "f,MY", "fo,MZXQ", "foo,MZXW6", "foob,MZXW6YQ", "fooba,MZXW6YTB", "foobar,MZXW6YTBOI" })
	void encodesSecrets(String text, String encoded) {
		assertThat(TotpCode.base32(text.getBytes(US_ASCII))).isEqualTo(encoded);
	}

}
