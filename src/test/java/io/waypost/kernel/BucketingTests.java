package io.waypost.kernel;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BucketingTests {

	/**
	 * From a second implementation of MurmurHash3 x64 128, which gives the published hash
	 * of "foo" (-2129773440516405919, 9128664383759220103).
	 */
	@ParameterizedTest
	@CsvSource({ "00000000-0000-0000-0000-000000000000, 0, 4bbd1bf27da918d6",
			"00000000-0000-0000-0000-000000000000, 1, d35ae64827f543ed",
			"00000000-0000-0000-0000-000000000000, deadbeef, 9d3a713ea94423",
			"00112233-4455-6677-8899-aabbccddeeff, 0, 4f4ba54a31295b4f",
			"00112233-4455-6677-8899-aabbccddeeff, 123456789abcdef, 2c70dd6158108b89",
			"018f3a2b-7c5d-7e1f-9a2b-3c4d5e6f7081, deadbeef, f86661e16569e713",
			"018f3a2b-7c5d-7e1f-9a2b-3c4d5e6f7081, 123456789abcdef, 483d997059f077db" })
	void hashesLikeMurmur(UUID unit, String seed, String hash) {
		assertThat(Bucketing.hash(Long.parseUnsignedLong(seed, 16), unit)).isEqualTo(Long.parseUnsignedLong(hash, 16));
	}

	/**
	 * The positions must not change with an update of Waypost; otherwise recipients would
	 * change their experiment arm.
	 */
	@Test
	void keepsPositions() {
		assertThat(Bucketing.of("waypost/1/acme/experiment/subject/1/arm")
			.position(UUID.fromString("018f3a2b-7c5d-7e1f-9a2b-3c4d5e6f7081"))).isEqualTo(0.5438313658535842);
	}

}
