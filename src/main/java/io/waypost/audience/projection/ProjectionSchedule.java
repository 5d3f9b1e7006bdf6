package io.waypost.audience.projection;

import java.time.Clock;
import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.audience.AudienceSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Folds about once a second. Events must not wait for segments: folding takes a small
 * share of the time, in return for larger batches in which people come twice.
 */
@Component
class ProjectionSchedule {

	private static final Logger logger = LoggerFactory.getLogger(ProjectionSchedule.class);

	private static final int ENTRIES = 10_000;

	private static final int PEOPLE = 500;

	private final Projector folder;

	private final ProjectionBackfill backfill;

	private final ProjectionQueue queue;

	private final WorkBudget allowance;

	private final Clock clock;

	private final Counter folded;

	private final Counter collided;

	ProjectionSchedule(Projector folder, ProjectionBackfill backfill, ProjectionQueue queue, AudienceSettings settings,
			MeterRegistry meters, Clock clock) {
		this.folder = folder;
		this.backfill = backfill;
		this.queue = queue;
		this.allowance = new WorkBudget(settings.share(), settings.latest(), settings.foldInterval());
		this.clock = clock;
		this.folded = meters.counter("waypost.audience.queue.fold", "outcome", "folded");
		this.collided = meters.counter("waypost.audience.queue.fold", "outcome", "collided");
	}

	/**
	 * Works as long as there is something to do and time for it. After a fault, such as a
	 * database that is away, the next round tries anew.
	 */
	@Scheduled(fixedDelayString = "${waypost.audience.fold-interval:PT1S}",
			initialDelayString = "${waypost.audience.fold-interval:PT1S}")
	void run() {
		try {
			this.allowance.renew(Duration.between(this.queue.oldestQueuedAt(), this.clock.instant()));
			boolean more = true;
			while (more && this.allowance.hasRemaining()) {
				long start = System.nanoTime();
				more = work();
				this.allowance.spend(Duration.ofNanos(System.nanoTime() - start));
			}
		}
		catch (RuntimeException fault) {
			logger.warn("People wait for the next round: {}", fault.toString());
		}
	}

	/** What came lately, then what came before this room, then whom nobody looked at. */
	private boolean work() {
		try {
			int rows = this.folder.project(ENTRIES);
			this.folded.increment(rows);
			return rows > 0 || this.backfill.step() || this.folder.refresh(PEOPLE) > 0;
		}
		catch (ConcurrencyFailureException collision) {
			// Somebody merges or erases one of these people at this moment
			this.collided.increment();
			return false;
		}
	}

}
