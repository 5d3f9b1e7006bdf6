package io.waypost.access.limit;

/**
 * Rate at which a bucket fills, and its size.
 *
 * @param perSecond requests per second, at least 1
 * @param burst requests at once, at least 1
 */
public record RequestRate(int perSecond, int burst) {

	/**
	 * The window of the policy in the response headers.
	 * @return whole seconds in which an empty bucket fills, at least 1
	 */
	long windowSeconds() {
		return Math.max(1, Math.ceilDiv((long) this.burst, this.perSecond));
	}

}
