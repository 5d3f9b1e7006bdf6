package io.waypost.access.edge;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures how fast one request body arrives. Two seconds of waiting are free; each byte
 * pays for more, at the minimum rate. Only time that a thread waits for the client
 * counts. Not thread-safe.
 */
final class BodyRate {

	/** Slower bodies are refused. */
	static final long BYTES_PER_SECOND = 8192;

	private static final long GRACE = Duration.ofSeconds(2).toNanos();

	/** Limits how long a client may pause after it has sent much. */
	private static final long MAX_CREDIT = Duration.ofSeconds(10).toNanos();

	private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / BYTES_PER_SECOND;

	private long credit = GRACE;

	/**
	 * Counts one read.
	 * @param nanos time that it waited
	 * @param bytes number of bytes that it got
	 * @return false when the body is too slow
	 */
	boolean count(long nanos, int bytes) {
		this.credit -= nanos;
		this.credit = Math.min(MAX_CREDIT, this.credit + Math.max(0, bytes) * NANOS_PER_BYTE);
		return this.credit >= 0;
	}

}
