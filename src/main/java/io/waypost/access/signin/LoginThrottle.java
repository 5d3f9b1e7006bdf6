package io.waypost.access.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Limits failed sign-ins per user name and address, per name over all addresses, per
 * address over all names, and in total. Each node counts for itself, in memory.
 * <ul>
 * <li>A name and address that signed in successfully in the last 30 days are limited by
 * their own failures only, so an attacker cannot lock out a user at the usual place.</li>
 * <li>An exhausted address refuses only names that failed from it before, so an attacker
 * in an office network does not lock out colleagues.</li>
 * <li>A name that does not exist is counted like one that does.</li>
 * </ul>
 */
@Component
class LoginThrottle {

	/** Failures of one name from one address: ten, then one every 30 seconds. */
	private static final Limit PAIR = new Limit(10, Duration.ofSeconds(30));

	/** Failures of one name from all addresses: 30, then one every minute. */
	private static final Limit NAME = new Limit(30, Duration.ofMinutes(1));

	/** Failures from one address with all names: 50, then one every ten seconds. */
	private static final Limit ADDRESS = new Limit(50, Duration.ofSeconds(10));

	/** All failures: 1,000, then one every second. */
	private static final Limit TOTAL = new Limit(1_000, Duration.ofSeconds(1));

	/** Bounds the memory; the limit of all failures makes it hard to fill. */
	private static final int MAX_ENTRIES = 20_000;

	/** How long a failure of a name from an address is remembered. */
	private static final Duration MEMORY = Duration.ofHours(1);

	private static final int MAX_NAME = 200;

	private final Cache<String, Bucket> pairs;

	private final Cache<String, Bucket> names;

	private final Cache<String, Bucket> addresses;

	private final Bucket total;

	private final KnownSignIns known;

	private final Time time;

	LoginThrottle(KnownSignIns known, Clock clock) {
		this.known = known;
		this.time = new Time(clock);
		this.pairs = cache();
		this.names = cache();
		this.addresses = cache();
		this.total = bucket(TOTAL);
	}

	/**
	 * Checks whether a password may be checked now.
	 * @param name name as it was entered
	 * @param address remote address
	 * @return false when one of the limits is exhausted
	 */
	boolean allows(String name, String address) {
		String user = shortened(name);
		String network = ClientNetwork.of(address);
		Bucket pair = this.pairs.getIfPresent(key(user, network));
		if (pair != null && isExhausted(pair)) {
			return false;
		}
		boolean limited = isExhausted(this.total) || isExhausted(this.names.getIfPresent(user))
				|| (pair != null && isExhausted(this.addresses.getIfPresent(network)));
		return !limited || this.known.contains(user, network);
	}

	/** Counts a failure. */
	void failed(String name, String address) {
		String user = shortened(name);
		String network = ClientNetwork.of(address);
		// Requests that were checked at the same time all count, below zero if need be
		this.pairs.get(key(user, network), (unseen) -> bucket(PAIR)).consumeIgnoringRateLimits(1);
		this.names.get(user, (unseen) -> bucket(NAME)).tryConsume(1);
		this.addresses.get(network, (unseen) -> bucket(ADDRESS)).tryConsume(1);
		this.total.tryConsume(1);
	}

	/** Remembers a name and address that belong together. */
	void succeeded(String name, String address) {
		this.known.add(shortened(name), ClientNetwork.of(address));
	}

	private Cache<String, Bucket> cache() {
		return Caffeine.newBuilder()
			.maximumSize(MAX_ENTRIES)
			.expireAfterAccess(MEMORY)
			.ticker(this.time::currentTimeNanos)
			.build();
	}

	private Bucket bucket(Limit limit) {
		return Bucket.builder()
			.addLimit((rate) -> rate.capacity(limit.failures()).refillIntervally(1, limit.refill()))
			.withCustomTimePrecision(this.time)
			.build();
	}

	private static boolean isExhausted(@Nullable Bucket bucket) {
		return bucket != null && bucket.getAvailableTokens() <= 0;
	}

	private static String shortened(String name) {
		return (name.length() > MAX_NAME) ? name.substring(0, MAX_NAME) : name;
	}

	private static String key(String name, String network) {
		return name + ' ' + network;
	}

	/**
	 * A number of failures and the time after which one more is allowed.
	 */
	private record Limit(int failures, Duration refill) {

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
