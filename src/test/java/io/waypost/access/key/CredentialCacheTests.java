package io.waypost.access.key;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CredentialCacheTests {

	private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-30T12:00:00Z"));

	private final AtomicInteger lookUps = new AtomicInteger();

	@Test
	void looksUpASecretOnceInFiveSeconds() {
		CredentialCache<String> cache = new CredentialCache<>(this.clock, (hash) -> owner());
		assertThat(cache.get("secret")).contains("owner 1");
		this.clock.advance(Duration.ofMillis(4_900));
		assertThat(cache.get("secret")).contains("owner 1");
		this.clock.advance(Duration.ofMillis(200));
		assertThat(cache.get("secret")).contains("owner 2");
	}

	@Test
	void remembersUnknownSecrets() {
		CredentialCache<String> cache = new CredentialCache<>(this.clock, (hash) -> {
			this.lookUps.incrementAndGet();
			return Optional.empty();
		});
		assertThat(cache.get("guess")).isEmpty();
		assertThat(cache.get("guess")).isEmpty();
		assertThat(this.lookUps).hasValue(1);
	}

	@Test
	void looksUpAgainAfterAFailure() {
		CredentialCache<String> cache = new CredentialCache<>(this.clock, (hash) -> {
			if (this.lookUps.incrementAndGet() == 1) {
				throw new IllegalStateException("no database");
			}
			return Optional.of("owner");
		});
		assertThatIllegalStateException().isThrownBy(() -> cache.get("secret"));
		assertThat(cache.get("secret")).contains("owner");
	}

	@Test
	void looksUpForConcurrentRequestsAtTheSameTime() {
		CyclicBarrier both = new CyclicBarrier(2);
		CredentialCache<String> cache = new CredentialCache<>(this.clock, (hash) -> {
			await(both);
			return owner();
		});
		CompletableFuture<Optional<String>> first = CompletableFuture.supplyAsync(() -> cache.get("secret"),
				Thread::startVirtualThread);
		CompletableFuture<Optional<String>> second = CompletableFuture.supplyAsync(() -> cache.get("secret"),
				Thread::startVirtualThread);
		assertThat(first.join()).isPresent();
		assertThat(second.join()).isPresent();
	}

	private Optional<String> owner() {
		return Optional.of("owner " + this.lookUps.incrementAndGet());
	}

	/** Fails unless both look-ups are in progress. */
	private static void await(CyclicBarrier both) {
		try {
			both.await(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException("The other request waits for this one", ex);
		}
	}

}
