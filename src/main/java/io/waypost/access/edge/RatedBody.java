package io.waypost.access.edge;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

import io.waypost.access.InvalidRequestException;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * A request body that must arrive at a minimum rate. It is beneath everything that reads
 * bodies: streams, form parameters, uploads, and the discarding of the unread rest.
 */
final class RatedBody implements InputBuffer {

	/** A longer rest is not discarded; the connection is closed. */
	private static final long MAX_DISCARDED = 2L << 20;

	private final InputBuffer source;

	private final long length;

	private final String address;

	private final WaitingBodies waiting;

	private final Consumer<InvalidRequestException> onRefusal;

	private final BodyRate rate = new BodyRate();

	private long received;

	private boolean ended;

	private @Nullable InvalidRequestException refused;

	/**
	 * Makes a body.
	 * @param source the bytes of the connection
	 * @param length value of Content-Length; -1 if unknown
	 * @param address address of the client
	 * @param waiting counts the threads that wait
	 * @param onRefusal gets the refusal before it is thrown
	 */
	RatedBody(InputBuffer source, long length, String address, WaitingBodies waiting,
			Consumer<InvalidRequestException> onRefusal) {
		this.source = source;
		this.length = length;
		this.address = address;
		this.waiting = waiting;
		this.onRefusal = onRefusal;
	}

	@Override
	public int doRead(ApplicationBufferHandler handler) throws IOException {
		if (this.refused != null) {
			throw this.refused;
		}
		if (isComplete() || this.source.available() > 0) {
			return received(this.source.doRead(handler));
		}
		if (!this.waiting.enter(this.address)) {
			throw refusal(HttpStatus.SERVICE_UNAVAILABLE,
					"Too many requests wait for their bodies; send the whole body at once, or retry later");
		}
		long begin = System.nanoTime();
		try {
			int bytes = received(this.source.doRead(handler));
			if (!this.rate.count(System.nanoTime() - begin, bytes) && bytes > 0 && !isComplete()) {
				throw tooSlow();
			}
			return bytes;
		}
		catch (SocketTimeoutException silent) {
			throw tooSlow();
		}
		finally {
			this.waiting.leave(this.address);
		}
	}

	@Override
	public int available() {
		return (this.refused != null) ? 0 : this.source.available();
	}

	/**
	 * Reads and drops what is left, so that the connection can be used again.
	 * @return false when it must be closed
	 */
	boolean discardRest() {
		Discarded rest = new Discarded();
		try {
			while (!isComplete() && this.received <= MAX_DISCARDED) {
				doRead(rest);
			}
			return isComplete();
		}
		catch (IOException | InvalidRequestException ended) {
			return false;
		}
	}

	private int received(int bytes) {
		this.received += Math.max(0, bytes);
		this.ended |= bytes < 0;
		return bytes;
	}

	/**
	 * Tells whether the whole body was read.
	 * @return true also after the end of a body of unknown length
	 */
	boolean isComplete() {
		return this.ended || this.length >= 0 && this.received >= this.length;
	}

	private InvalidRequestException tooSlow() {
		return refusal(HttpStatus.REQUEST_TIMEOUT, "The body arrived slower than %d bytes per second; send it faster"
			.formatted(BodyRate.BYTES_PER_SECOND));
	}

	private InvalidRequestException refusal(HttpStatus status, String detail) {
		InvalidRequestException refusal = new InvalidRequestException(status, detail, List.of());
		this.refused = refusal;
		this.onRefusal.accept(refusal);
		return refusal;
	}

	/** Takes bytes that are not needed. */
	private static final class Discarded implements ApplicationBufferHandler {

		private ByteBuffer bytes = ByteBuffer.allocate(0);

		@Override
		public void setByteBuffer(ByteBuffer buffer) {
			this.bytes = buffer;
		}

		@Override
		public ByteBuffer getByteBuffer() {
			return this.bytes;
		}

		@Override
		public void expand(int size) {
			// The source brings its own buffer
		}

	}

}
