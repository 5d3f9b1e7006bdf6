package io.waypost.delivery.esp.failover;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.github.bucket4j.Bucket;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.esp.ConfiguredEsps;
import io.waypost.delivery.esp.Esp;
import io.waypost.delivery.esp.SubmitOutcome;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The providers in the order of failover, each with its circuit breaker and rate limit.
 */
@Component
public class EspRegistry {

	private final List<Provider> providers = new ArrayList<>();

	public EspRegistry(ConfiguredEsps esps, DeliverySettings settings, Clock clock) {
		for (ConfiguredEsps.ConfiguredEsp configured : esps.inOrder()) {
			EspCircuitBreaker breaker = new EspCircuitBreaker(configured.settings().name(),
					settings.circuitBreakerFailures(), settings.circuitBreakerWait(), clock);
			this.providers.add(new Provider(configured.esp(), breaker, bucket(configured.settings().ratePerSecond())));
		}
	}

	private static @Nullable Bucket bucket(int perSecond) {
		return (perSecond <= 0) ? null
				: Bucket.builder()
					.addLimit((limit) -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
					.build();
	}

	/**
	 * Returns whether any provider accepts submissions. Otherwise claiming sends is
	 * useless.
	 */
	public boolean isAnyAvailable() {
		return this.providers.stream().anyMatch((provider) -> !provider.breaker().isOpen());
	}

	/**
	 * Chooses the provider of one message.
	 * @param refusedBy providers that refused the message in this round
	 * @return the first other provider that is available and within its rate limit; empty
	 * when the message has to wait
	 */
	public Optional<String> choose(List<String> refusedBy) {
		return this.providers.stream()
			.filter((provider) -> !refusedBy.contains(provider.name()))
			.filter(Provider::tryAcquire)
			.findFirst()
			.map(Provider::name);
	}

	/**
	 * Returns whether a refused message can be submitted to another provider.
	 * @param refusedBy providers that refused the message in this round
	 * @return whether another provider is configured
	 */
	public boolean hasAlternative(List<String> refusedBy) {
		Set<String> names = new HashSet<>();
		this.providers.forEach((provider) -> names.add(provider.name()));
		return !refusedBy.containsAll(names);
	}

	public Esp require(String name) {
		return provider(name).esp();
	}

	/** Records the outcome of a submission in the provider's circuit breaker. */
	public void recordOutcome(String name, SubmitOutcome outcome) {
		EspCircuitBreaker breaker = provider(name).breaker();
		switch (outcome) {
			case SubmitOutcome.Accepted accepted -> breaker.onSuccess();
			case SubmitOutcome.Rejected rejected -> breaker.onSuccess();
			case SubmitOutcome.Refused refused -> recordOutcome(breaker, refused.reason(),
					Objects.requireNonNullElse(refused.retryAfter(), Duration.ZERO));
			case SubmitOutcome.Unknown unknown -> recordOutcome(breaker, unknown.reason(), Duration.ZERO);
		}
	}

	private static void recordOutcome(EspCircuitBreaker breaker, String reason, Duration retryAfter) {
		if (reason.startsWith("esp.")) {
			breaker.onError(retryAfter);
		}
		else {
			breaker.onSuccess();
		}
	}

	private Provider provider(String name) {
		return this.providers.stream()
			.filter((provider) -> provider.name().equals(name))
			.findFirst()
			.orElseThrow(
					() -> new IllegalStateException("No ESP is named '%s'; add it to waypost.esp[n]".formatted(name)));
	}

	private record Provider(Esp esp, EspCircuitBreaker breaker, @Nullable Bucket rate) {

		String name() {
			return this.esp.name();
		}

		boolean tryAcquire() {
			if (this.rate != null && this.rate.getAvailableTokens() == 0) {
				return false;
			}
			return this.breaker.tryAcquirePermission() && (this.rate == null || this.rate.tryConsume(1));
		}

	}

}
