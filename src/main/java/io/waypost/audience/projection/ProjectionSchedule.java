package io.waypost.audience.projection;

import java.time.Clock;
import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.audience.AudienceSettings;
import io.waypost.database.TenantScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Runs the projection about once a second. Storing events has priority: the projection
 * uses a small share of the time and in return processes larger batches, in which changes
 * of one profile are combined.
 */
@Component
class ProjectionSchedule {

	private static final Logger logger = LoggerFactory.getLogger(ProjectionSchedule.class);

	private static final int ENTRIES_PER_BATCH = 10_000;

	private static final int PROFILES_PER_REFRESH = 500;

	private final Projector projector;

	private final ProjectionBackfill backfill;

	private final ProjectionQueue queue;

	private final WorkBudget budget;

	private final Clock clock;

	private final Counter projected;

	private final Counter conflicts;

	ProjectionSchedule(Projector projector, ProjectionBackfill backfill, ProjectionQueue queue,
			AudienceSettings settings, MeterRegistry meters, Clock clock) {
		this.projector = projector;
		this.backfill = backfill;
		this.queue = queue;
		this.budget = new WorkBudget(settings.projectionCpuShare(), settings.maxProjectionDelay(),
				settings.projectionInterval());
		this.clock = clock;
		this.projected = meters.counter("waypost.audience.projection", "outcome", "projected");
		this.conflicts = meters.counter("waypost.audience.projection", "outcome", "conflict");
	}

	/**
	 * Works while there is something to do and budget left. After a failure, such as an
	 * unavailable database, the next run tries again.
	 */
	@Scheduled(fixedDelayString = "${waypost.audience.projection-interval:1s}",
			initialDelayString = "${waypost.audience.projection-interval:1s}")
	void run() {
		TenantScope.runAll(this::projectAll);
	}

	private void projectAll() {
		try {
			this.budget.renew(Duration.between(this.queue.oldestQueuedAt(), this.clock.instant()));
			boolean more = true;
			while (more && this.budget.hasRemaining()) {
				long start = System.nanoTime();
				more = work();
				this.budget.spend(Duration.ofNanos(System.nanoTime() - start));
			}
		}
		catch (RuntimeException failure) {
			logger.warn("Projection of segment data failed; the next run tries again: {}", failure.toString());
		}
	}

	/** Queued changes first, then the backfill, then profiles due for a refresh. */
	private boolean work() {
		try {
			int rows = this.projector.project(ENTRIES_PER_BATCH);
			this.projected.increment(rows);
			return rows > 0 || this.backfill.step() || this.projector.refresh(PROFILES_PER_REFRESH) > 0;
		}
		catch (ConcurrencyFailureException conflict) {
			// One of these profiles is being merged or erased
			this.conflicts.increment();
			return false;
		}
	}

}
