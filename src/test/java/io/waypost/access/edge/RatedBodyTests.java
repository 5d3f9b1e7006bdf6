package io.waypost.access.edge;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.waypost.access.InvalidRequestException;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RatedBodyTests {

	private final List<InvalidRequestException> refusals = new ArrayList<>();

	@Test
	void endsABodyOfOneByteEachThreeSeconds() {
		BodyRate rate = new BodyRate();
		assertThat(rate.count(Duration.ofSeconds(3).toNanos(), 1)).isFalse();
	}

	@Test
	void endsABodyOfOneByteEachSecond() {
		BodyRate rate = new BodyRate();
		assertThat(rate.count(Duration.ofSeconds(1).toNanos(), 1)).isTrue();
		assertThat(rate.count(Duration.ofMillis(1100).toNanos(), 1)).isFalse();
	}

	@Test
	void takesABatchOfTwoMegabytesAtTheMinimumRate() {
		BodyRate rate = new BodyRate();
		for (int second = 0; second < 256; second++) {
			assertThat(rate.count(Duration.ofSeconds(1).toNanos(), (int) BodyRate.BYTES_PER_SECOND)).isTrue();
		}
	}

	@Test
	void endsATrickleAfterAFastBeginning() {
		BodyRate rate = new BodyRate();
		assertThat(rate.count(Duration.ofMillis(1).toNanos(), 20_000_000)).isTrue();
		assertThat(rate.count(Duration.ofSeconds(9).toNanos(), 1)).isTrue();
		assertThat(rate.count(Duration.ofSeconds(2).toNanos(), 1)).isFalse();
	}

	@Test
	void answersASilentBodyWith408() {
		RatedBody body = body(new Source(0, -1), new WaitingBodies(1, 1));
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> body.doRead(new Target()))
			.satisfies((refused) -> assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.REQUEST_TIMEOUT));
		assertThat(this.refusals).hasSize(1);
		assertThatExceptionOfType(InvalidRequestException.class).as("read again")
			.isThrownBy(() -> body.doRead(new Target()));
	}

	@Test
	void limitsTheThreadsThatWait() throws IOException {
		WaitingBodies waiting = new WaitingBodies(2, 1);
		assertThat(waiting.enter("10.0.0.1")).isTrue();
		assertThatExceptionOfType(InvalidRequestException.class).as("one more from the same address")
			.isThrownBy(() -> body(new Source(0, 5), waiting).doRead(new Target()))
			.satisfies((refused) -> assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
		assertThat(body(new Source(5, 5), waiting).doRead(new Target())).as("has arrived").isEqualTo(5);
		assertThat(waiting.enter("10.0.0.2")).isTrue();
		assertThat(waiting.enter("10.0.0.3")).as("all addresses").isFalse();
		waiting.leave("10.0.0.1");
		assertThat(body(new Source(0, 5), waiting).doRead(new Target())).isEqualTo(5);
		assertThat(waiting.enter("10.0.0.1")).as("left after the read").isTrue();
	}

	@Test
	void discardsARestButNotASilentOne() {
		assertThat(body(new Source(5, 5), new WaitingBodies(1, 1)).discardRest()).isTrue();
		assertThat(body(new Source(0, -1), new WaitingBodies(1, 1)).discardRest()).isFalse();
	}

	private RatedBody body(Source source, WaitingBodies waiting) {
		return new RatedBody(source, 5, "10.0.0.1", waiting, this.refusals::add);
	}

	private record Source(int available, int bytes) implements InputBuffer {

		@Override
		public int doRead(ApplicationBufferHandler handler) throws IOException {
			if (this.bytes < 0) {
				throw new SocketTimeoutException();
			}
			return this.bytes;
		}

	}

	private static final class Target implements ApplicationBufferHandler {

		@Override
		public void setByteBuffer(java.nio.ByteBuffer buffer) {
		}

		@Override
		public java.nio.ByteBuffer getByteBuffer() {
			return java.nio.ByteBuffer.allocate(0);
		}

		@Override
		public void expand(int size) {
		}

	}

}
