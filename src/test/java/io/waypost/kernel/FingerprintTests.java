package io.waypost.kernel;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FingerprintTests {

	/** FIPS 180-2, appendix B.1. */
	@Test
	void computesSha256() {
		String expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
		assertThat(Fingerprint.ofText("abc").hex()).isEqualTo(expected);
		assertThat(Fingerprint.ofBytes(bytes("a"), bytes("bc")).hex()).isEqualTo(expected);
		assertThat(Fingerprint.ofText("abc").bytes()).hasSize(32);
	}

	@Test
	void separatesTheParts() {
		assertThat(Fingerprint.of("a", "bc")).isNotEqualTo(Fingerprint.of("ab", "c"));
		assertThat(Fingerprint.of("a", "")).isNotEqualTo(Fingerprint.of("a"));
		assertThat(Fingerprint.of("a", null)).isNotEqualTo(Fingerprint.of("a", "null"));
		assertThat(Fingerprint.of("a", 1)).isEqualTo(Fingerprint.of("a", "1"))
			.hasSameHashCodeAs(Fingerprint.of("a", "1"));
	}

	@Test
	void isShortenedToUuids() {
		Fingerprint fingerprint = Fingerprint.ofText("abc");
		assertThat(fingerprint.bits()).isEqualTo(0xba7816bf8f01cfeaL);
		assertThat(fingerprint.half()).hasToString("ba7816bf-8f01-cfea-4141-40de5dae2223");
		assertThat(fingerprint.uuid()).hasToString("ba7816bf-8f01-8fea-8141-40de5dae2223");
		assertThat(fingerprint.uuid().version()).isEqualTo(8);
		assertThat(fingerprint.uuid().variant()).isEqualTo(2);
	}

	@Test
	void doesNotExposeItsBytes() {
		Fingerprint fingerprint = Fingerprint.ofText("abc");
		fingerprint.bytes()[0] = 0;
		assertThat(fingerprint).isEqualTo(Fingerprint.ofText("abc"));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
