package io.waypost.access.signin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.bucket4j.Bucket;

import org.springframework.stereotype.Component;

/**
 * Slows down guessing: ten failures for a name from an address, then one more try every
 * 30 seconds.
 */
@Component
class LoginThrottle {

	private static final int FAILURES = 10;

	private static final Duration REFILL = Duration.ofSeconds(30);

	/** The addresses remembered; the longest unseen is forgotten first. */
	private static final int CAPACITY = 10_000;

	private final Map<String, Bucket> failures = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
			return size() > CAPACITY;
		}

	};

	synchronized boolean allows(String name, String address) {
		Bucket bucket = this.failures.get(key(name, address));
		return bucket == null || bucket.getAvailableTokens() > 0;
	}

	synchronized void failed(String name, String address) {
		this.failures.computeIfAbsent(key(name, address), (unseen) -> bucket()).tryConsume(1);
	}

	private static Bucket bucket() {
		return Bucket.builder().addLimit((limit) -> limit.capacity(FAILURES).refillIntervally(1, REFILL)).build();
	}

	private static String key(String name, String address) {
		return name + ' ' + address;
	}

}
