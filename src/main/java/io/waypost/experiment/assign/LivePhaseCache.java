package io.waypost.experiment.assign;

import java.time.Clock;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.kernel.ClockTicker;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Caches live phases for one second. Changes by this process take effect at once, those
 * of other nodes after a second at most.
 */
@Component
public class LivePhaseCache {

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(1);

	private static final int MAX_SIZE = 2_000;

	private final Cache<ExperimentKey, ExperimentPhase> phases;

	private final Cache<TenantId, Boolean> measuring;

	private final ExperimentPhaseRepository repository;

	public LivePhaseCache(ExperimentPhaseRepository repository, Clock clock) {
		this.repository = repository;
		this.phases = cache(clock);
		this.measuring = cache(clock);
	}

	private record ExperimentKey(TenantId tenant, String experiment) {

	}

	/**
	 * Returns the live phase.
	 * @throws IllegalArgumentException when the experiment has no live version
	 */
	public ExperimentPhase require(TenantId tenant, String experiment) {
		ExperimentKey key = new ExperimentKey(tenant, experiment);
		ExperimentPhase phase = this.phases.getIfPresent(key);
		if (phase == null) {
			// Not loaded by the cache: threads that wait for it would keep their
			// connections
			phase = this.repository.find(tenant, experiment)
				.orElseThrow(() -> new IllegalArgumentException(
						"Experiment '%s' of tenant '%s' has no live version".formatted(experiment, tenant)));
			this.phases.put(key, phase);
		}
		return phase;
	}

	/**
	 * Whether any experiment of the tenant measures outcomes. For most tenants none does
	 * most of the time, and then events cost nothing here.
	 */
	public boolean isMeasuring(TenantId tenant) {
		Boolean measuring = this.measuring.getIfPresent(tenant);
		if (measuring == null) {
			measuring = this.repository.isMeasuring(tenant);
			this.measuring.put(tenant, measuring);
		}
		return measuring;
	}

	/** Evicts an experiment after a change. */
	public void evict(TenantId tenant, String experiment) {
		this.phases.invalidate(new ExperimentKey(tenant, experiment));
		this.measuring.invalidate(tenant);
	}

	private static <K, V> Cache<K, V> cache(Clock clock) {
		return Caffeine.newBuilder()
			.maximumSize(MAX_SIZE)
			.expireAfterWrite(TIME_TO_LIVE)
			.ticker(new ClockTicker(clock))
			.build();
	}

}
