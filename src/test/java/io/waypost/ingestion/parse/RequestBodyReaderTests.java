package io.waypost.ingestion.parse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

import io.waypost.access.InvalidRequestException;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequestBodyReaderTests {

	@Test
	void readsABodyInParts() throws IOException {
		assertThat(RequestBodyReader.readLimited(parts("ab", "c"), 3)).asString().isEqualTo("abc");
	}

	@Test
	void refusesABodyAboveTheLimit() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> RequestBodyReader.readLimited(parts("ab", "c"), 2))
			.satisfies((refused) -> assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.PAYLOAD_TOO_LARGE));
	}

	private static InputStream parts(String first, String second) {
		return new SequenceInputStream(new ByteArrayInputStream(first.getBytes(StandardCharsets.UTF_8)),
				new ByteArrayInputStream(second.getBytes(StandardCharsets.UTF_8)));
	}

}
