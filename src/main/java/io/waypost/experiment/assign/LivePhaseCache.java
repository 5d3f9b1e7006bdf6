package io.waypost.experiment.assign;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * What is in force, remembered for a second. What this process changes it forgets at
 * once; another one's change shows when the second is over.
 */
@Component
public class LivePhaseCache {

	private static final Duration SHELF_LIFE = Duration.ofSeconds(1);

	private static final int MOST = 2_000;

	private final Map<Name, CachedPhase> trials = new ConcurrentHashMap<>();

	private final Map<TenantId, Measuring> measuring = new ConcurrentHashMap<>();

	private final ExperimentPhaseRepository rows;

	private final Clock clock;

	public LivePhaseCache(ExperimentPhaseRepository rows, Clock clock) {
		this.rows = rows;
		this.clock = clock;
	}

	private record Name(TenantId tenant, String experiment) {

	}

	/**
	 * A trial as it was a moment ago.
	 *
	 * @param trial the trial
	 * @param readAt when
	 */
	public record CachedPhase(ExperimentPhase phase, Instant readAt) {

	}

	private record Measuring(boolean anything, Instant readAt) {

	}

	public CachedPhase require(TenantId tenant, String experiment) {
		Name name = new Name(tenant, experiment);
		Instant now = this.clock.instant();
		CachedPhase known = this.trials.get(name);
		if (known == null || isOver(known.readAt(), now)) {
			Optional<ExperimentPhase> read = this.rows.find(tenant, experiment);
			known = new CachedPhase(read.orElseThrow(() -> new IllegalArgumentException(
					"Experiment '%s' of tenant '%s' has no live version".formatted(experiment, tenant))), now);
			makeRoom(this.trials);
			this.trials.put(name, known);
		}
		return known;
	}

	/**
	 * Whether outcomes of the tenant's people matter to any experiment. Most of the time
	 * and for most tenants they do not, and then no event costs anything here.
	 */
	public boolean isMeasuring(TenantId tenant) {
		Instant now = this.clock.instant();
		Measuring known = this.measuring.get(tenant);
		if (known == null || isOver(known.readAt(), now)) {
			known = new Measuring(this.rows.isMeasuring(tenant), now);
			makeRoom(this.measuring);
			this.measuring.put(tenant, known);
		}
		return known.anything();
	}

	public void evict(TenantId tenant, String experiment) {
		this.trials.remove(new Name(tenant, experiment));
		this.measuring.remove(tenant);
	}

	private static boolean isOver(Instant readAt, Instant now) {
		return Duration.between(readAt, now).abs().compareTo(SHELF_LIFE) >= 0;
	}

	private static void makeRoom(Map<?, ?> held) {
		if (held.size() >= MOST) {
			held.clear();
		}
	}

}
