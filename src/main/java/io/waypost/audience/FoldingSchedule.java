package io.waypost.audience;

import java.time.Clock;
import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Folds about once a second. Events must not wait for segments: folding takes a small
 * share of the time, in return for larger batches in which people come twice; only when
 * it has fallen far behind does it take up to half.
 */
@Component
class FoldingSchedule {

	private static final Logger logger = LoggerFactory.getLogger(FoldingSchedule.class);

	private static final int ENTRIES = 10_000;

	private static final int PEOPLE = 500;

	private static final double LARGEST_SHARE = 0.5;

	private final Folder folder;

	private final Backfill backfill;

	private final Queue queue;

	private final AudienceSettings settings;

	private final Clock clock;

	private final Counter folded;

	private final Counter collided;

	/** Nanoseconds that may be worked; what was too much is paid back by waiting. */
	private double credit;

	FoldingSchedule(Folder folder, Backfill backfill, Queue queue, AudienceSettings settings, MeterRegistry meters,
			Clock clock) {
		this.folder = folder;
		this.backfill = backfill;
		this.queue = queue;
		this.settings = settings;
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
			runWithin();
		}
		catch (RuntimeException fault) {
			logger.warn("People wait for the next round: {}", fault.toString());
		}
	}

	private void runWithin() {
		double allowance = allowance(Duration.between(this.queue.waitingSince(), this.clock.instant()));
		this.credit = Math.min(this.credit + allowance, allowance);
		boolean more = true;
		while (more && this.credit > 0) {
			long start = System.nanoTime();
			more = work();
			this.credit -= System.nanoTime() - start;
		}
	}

	/** What may be worked between two pauses, so that it is a share of the whole. */
	private double allowance(Duration behind) {
		double share = this.settings.share();
		double latest = Math.max(1, this.settings.latest().toMillis());
		double wanted = share * behind.toMillis() / latest;
		double granted = Math.clamp(wanted, share, Math.max(share, LARGEST_SHARE));
		return this.settings.foldInterval().toNanos() * granted / Math.max(0.01, 1 - granted);
	}

	/** What came lately, then what came before this room, then whom nobody looked at. */
	private boolean work() {
		try {
			int rows = this.folder.fold(ENTRIES);
			this.folded.increment(rows);
			return rows > 0 || this.backfill.step() || this.folder.read(PEOPLE) > 0;
		}
		catch (ConcurrencyFailureException collision) {
			// Somebody merges or erases one of these people at this moment
			this.collided.increment();
			return false;
		}
	}

}
