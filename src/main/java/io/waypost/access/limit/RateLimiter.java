package io.waypost.access.limit;

/** Token buckets by name. */
interface RateLimiter {

	/**
	 * Takes one token out of a bucket, which is created full.
	 * @param bucket name of the bucket
	 * @param rate how it fills; another rate is another bucket
	 * @return the decision
	 */
	RateDecision take(String bucket, RequestRate rate);

}
