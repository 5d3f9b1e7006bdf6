package io.waypost.access.user;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.waypost.access.InvalidRequestException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Limits wrong passwords and codes that a signed-in user enters to change the own
 * account, so that a stolen session does not find them: ten, then one every 30 seconds.
 * Each node counts for itself, in memory.
 */
@Component
public class SecretAttempts {

	private static final int FAILURES = 10;

	private static final Duration REFILL = Duration.ofSeconds(30);

	private static final int MAX_ENTRIES = 10_000;

	private final Cache<String, Bucket> buckets;

	private final TimeMeter time;

	public SecretAttempts(Clock clock) {
		this.time = new TimeMeter() {

			@Override
			public long currentTimeNanos() {
				return TimeUnit.MILLISECONDS.toNanos(clock.millis());
			}

			@Override
			public boolean isWallClockBased() {
				return true;
			}

		};
		this.buckets = Caffeine.newBuilder()
			.maximumSize(MAX_ENTRIES)
			.expireAfterAccess(REFILL.multipliedBy(FAILURES))
			.ticker(this.time::currentTimeNanos)
			.build();
	}

	/**
	 * Requires that a secret of an account may be checked now.
	 * @param account name of the account
	 * @throws InvalidRequestException a 429 after too many wrong ones
	 */
	public void requireAllowed(String account) {
		Bucket bucket = this.buckets.getIfPresent(account);
		if (bucket != null && bucket.getAvailableTokens() <= 0) {
			InvalidRequestException problem = new InvalidRequestException(HttpStatus.TOO_MANY_REQUESTS,
					"Too many wrong passwords or codes for '%s'; try again after %d seconds".formatted(account,
							REFILL.toSeconds()),
					List.of());
			problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(REFILL.toSeconds()));
			throw problem;
		}
	}

	/** Counts a wrong password or code. */
	public void failed(String account) {
		// Attempts that were checked at the same time all count, below zero if need be
		this.buckets
			.get(account,
					(unseen) -> Bucket.builder()
						.addLimit((rate) -> rate.capacity(FAILURES).refillIntervally(1, REFILL))
						.withCustomTimePrecision(this.time)
						.build())
			.consumeIgnoringRateLimits(1);
	}

}
