package io.waypost.access.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

import org.springframework.stereotype.Component;

/**
 * Limits failed sign-ins: ten failures per user name and remote address, then one more
 * attempt every 30 seconds.
 */
@Component
class LoginThrottle {

	private static final int FAILURES = 10;

	private static final Duration REFILL = Duration.ofSeconds(30);

	private static final int MAX_ENTRIES = 10_000;

	private final Cache<String, Bucket> failures;

	private final Time time;

	LoginThrottle(Clock clock) {
		this.time = new Time(clock);
		this.failures = Caffeine.newBuilder()
			.maximumSize(MAX_ENTRIES)
			.expireAfterAccess(REFILL.multipliedBy(FAILURES))
			.ticker(this.time::currentTimeNanos)
			.build();
	}

	boolean allows(String name, String address) {
		Bucket bucket = this.failures.getIfPresent(key(name, address));
		return bucket == null || bucket.getAvailableTokens() > 0;
	}

	void failed(String name, String address) {
		this.failures.get(key(name, address), (unseen) -> bucket()).tryConsume(1);
	}

	private Bucket bucket() {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(FAILURES).refillIntervally(1, REFILL))
			.withCustomTimePrecision(this.time)
			.build();
	}

	private static String key(String name, String address) {
		return name + ' ' + address;
	}

	private record Time(Clock clock) implements TimeMeter {

		@Override
		public long currentTimeNanos() {
			return TimeUnit.MILLISECONDS.toNanos(this.clock.millis());
		}

		@Override
		public boolean isWallClockBased() {
			return true;
		}

	}

}
