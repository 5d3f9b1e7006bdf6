package io.waypost.access.limit;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeoutException;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.github.bucket4j.redis.lettuce.cas.LettuceBasedProxyManager;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets in Redis, which all nodes share. While Redis cannot be reached, each node
 * counts for itself and tries again after five seconds: a limit must not stop the
 * ingestion of events.
 */
class RedisRateLimiter implements RateLimiter, AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(RedisRateLimiter.class);

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

	private static final String PREFIX = "waypost:rate:";

	private final RateLimiter fallback;

	private final RedisClient client;

	private final RedisURI uri;

	private @Nullable LettuceBasedProxyManager<byte[]> buckets;

	private volatile long pausedUntil = System.nanoTime();

	RedisRateLimiter(URI uri, RateLimiter fallback) {
		this.fallback = fallback;
		this.uri = RedisURI.create(uri);
		this.uri.setTimeout(TIMEOUT);
		this.client = RedisClient.create(this.uri);
		this.client.setOptions(ClientOptions.builder()
			.timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
			.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
			.build());
	}

	@Override
	public RateDecision take(String bucket, RequestRate rate) {
		if (System.nanoTime() - this.pausedUntil < 0) {
			return this.fallback.take(bucket, rate);
		}
		try {
			return takeShared(bucket, rate);
		}
		catch (RedisException | TimeoutException failure) {
			this.pausedUntil = System.nanoTime() + PAUSE_NANOS;
			LOG.warn("Redis at {}:{} failed ({}); this node counts requests for itself and tries again in 5 s",
					this.uri.getHost(), this.uri.getPort(), failure.getClass().getSimpleName());
			return this.fallback.take(bucket, rate);
		}
	}

	private RateDecision takeShared(String bucket, RequestRate rate) {
		String name = PREFIX + bucket + ":" + rate.perSecond() + ":" + rate.burst();
		ConsumptionProbe probe = buckets().builder()
			.build(name.getBytes(StandardCharsets.UTF_8), () -> LocalRateLimiter.configuration(rate))
			.tryConsumeAndReturnRemaining(1);
		return new RateDecision(probe.isConsumed(), probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
	}

	/** Connects with the first request; a start without Redis succeeds. */
	private synchronized LettuceBasedProxyManager<byte[]> buckets() {
		LettuceBasedProxyManager<byte[]> connected = this.buckets;
		if (connected == null) {
			connected = Bucket4jLettuce.casBasedBuilder(this.client)
				.expirationAfterWrite(
						ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10)))
				.requestTimeout(TIMEOUT)
				.build();
			this.buckets = connected;
		}
		return connected;
	}

	@Override
	public void close() {
		this.client.shutdown(0, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
	}

}
