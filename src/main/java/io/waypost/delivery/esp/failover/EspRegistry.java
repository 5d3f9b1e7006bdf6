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
 * The providers in the order of failover, each with its circuit breaker and its rate.
 */
@Component
public class EspRegistry {

	private final List<Line> lines = new ArrayList<>();

	public EspRegistry(ConfiguredEsps esps, DeliverySettings settings, Clock clock) {
		for (ConfiguredEsps.ConfiguredEsp configured : esps.inOrder()) {
			EspCircuitBreaker circuit = new EspCircuitBreaker(settings.circuitFailures(), settings.circuitPause(),
					clock);
			this.lines.add(new Line(configured.esp(), circuit, bucket(configured.settings().ratePerSecond())));
		}
	}

	private static @Nullable Bucket bucket(int perSecond) {
		return (perSecond <= 0) ? null
				: Bucket.builder()
					.addLimit((limit) -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
					.build();
	}

	/** Without any line open there is no sense in claiming. */
	public boolean isAnyAvailable() {
		return this.lines.stream().anyMatch((line) -> !line.circuit().isOpen());
	}

	/**
	 * Chooses the way for one message.
	 * @param refusedBy who refused it in this round
	 * @return the first provider that did not, is up and has rate left; empty when the
	 * message has to wait
	 */
	public Optional<String> choose(List<String> refusedBy) {
		return this.lines.stream()
			.filter((line) -> !refusedBy.contains(line.name()))
			.filter(Line::admit)
			.findFirst()
			.map(Line::name);
	}

	/**
	 * Asks whether a refused message can go another way.
	 * @param refusedBy who refused it in this round
	 * @return whether anybody is left to ask
	 */
	public boolean hasAlternative(List<String> refusedBy) {
		Set<String> names = new HashSet<>();
		this.lines.forEach((line) -> names.add(line.name()));
		return !refusedBy.containsAll(names);
	}

	public Esp require(String name) {
		return line(name).esp();
	}

	/** Lets the outcome of a call count for the provider's circuit. */
	public void recordOutcome(String name, SubmitOutcome outcome) {
		EspCircuitBreaker circuit = line(name).circuit();
		switch (outcome) {
			case SubmitOutcome.Accepted accepted -> circuit.onSuccess();
			case SubmitOutcome.Rejected rejected -> circuit.onSuccess();
			case SubmitOutcome.Refused refused -> recordOutcome(circuit, refused.reason(),
					Objects.requireNonNullElse(refused.retryAfter(), Duration.ZERO));
			case SubmitOutcome.Unknown unknown -> recordOutcome(circuit, unknown.reason(), Duration.ZERO);
		}
	}

	private static void recordOutcome(EspCircuitBreaker circuit, String reason, Duration retryAfter) {
		if (reason.startsWith("esp.")) {
			circuit.onError(retryAfter);
		}
		else {
			circuit.onSuccess();
		}
	}

	private Line line(String name) {
		return this.lines.stream()
			.filter((line) -> line.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No ESP is called '%s'".formatted(name)));
	}

	private record Line(Esp esp, EspCircuitBreaker circuit, @Nullable Bucket rate) {

		String name() {
			return this.esp.name();
		}

		boolean admit() {
			if (this.rate != null && this.rate.getAvailableTokens() == 0) {
				return false;
			}
			return this.circuit.tryAcquirePermission() && (this.rate == null || this.rate.tryConsume(1));
		}

	}

}
