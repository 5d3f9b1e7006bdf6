package io.waypost.access.limit;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;

/** Buckets in the memory of this node. */
class LocalRateLimiter implements RateLimiter {

	/** An unused bucket is full long before. */
	private static final Duration UNUSED = Duration.ofMinutes(10);

	/** Bounds the memory; a bucket that is dropped starts full again. */
	private static final int MAX_BUCKETS = 100_000;

	private final Cache<BucketKey, Bucket> buckets = Caffeine.newBuilder()
		.maximumSize(MAX_BUCKETS)
		.expireAfterAccess(UNUSED)
		.build();

	@Override
	public RateDecision take(String bucket, RequestRate rate) {
		ConsumptionProbe probe = this.buckets.get(new BucketKey(bucket, rate), LocalRateLimiter::bucket)
			.tryConsumeAndReturnRemaining(1);
		return new RateDecision(probe.isConsumed(), probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
	}

	private static Bucket bucket(BucketKey key) {
		BucketConfiguration configuration = configuration(key.rate());
		return Bucket.builder().addLimit(configuration.getBandwidths()[0]).build();
	}

	static BucketConfiguration configuration(RequestRate rate) {
		return BucketConfiguration.builder()
			.addLimit((limit) -> limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
			.build();
	}

	private record BucketKey(String name, RequestRate rate) {

	}

}
