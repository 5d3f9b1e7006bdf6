package io.waypost.agent.learn;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.TenantScope;
import io.waypost.delivery.FragmentOutcomes;
import io.waypost.kernel.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts the outcomes of text fragments every night. Each tenant is counted in its own
 * scope, one day of messages in one transaction, together with the time until which
 * messages are counted. So each message counts once, also after a crash or when two nodes
 * run the job.
 */
@Component
class FragmentLearningJob {

	private static final Logger log = LoggerFactory.getLogger(FragmentLearningJob.class);

	/** Messages that a new installation counts; older ones would have a small weight. */
	private static final Duration FIRST_PERIOD = Duration.ofDays(180);

	private static final Duration DAY = Duration.ofDays(1);

	private final FragmentOutcomes outcomes;

	private final FragmentOutcomeRepository repository;

	private final FragmentLearning learning;

	private final LearningSettings settings;

	private final AdvisoryLocks locks;

	private final TransactionTemplate transaction;

	private final Clock clock;

	FragmentLearningJob(FragmentOutcomes outcomes, FragmentOutcomeRepository repository, FragmentLearning learning,
			LearningSettings settings, AdvisoryLocks locks, TransactionTemplate transaction, Clock clock) {
		this.outcomes = outcomes;
		this.repository = repository;
		this.learning = learning;
		this.settings = settings;
		this.locks = locks;
		this.transaction = transaction;
		this.clock = clock;
	}

	@Scheduled(cron = "0 51 2 * * *", zone = "UTC")
	void everyNight() {
		run();
	}

	/** A node that was down at night counts soon after its start. */
	@Scheduled(initialDelayString = "PT4M", fixedDelayString = "P365D")
	void afterTheStart() {
		run();
	}

	/** Counts what is old enough. A tenant that fails does not stop the others. */
	void run() {
		for (TenantId tenant : TenantScope.all(this.outcomes::tenants)) {
			try {
				TenantScope.run(tenant, () -> count(tenant));
			}
			catch (RuntimeException ex) {
				log.warn("Outcomes of fragments of tenant {} could not be counted; the next run continues", tenant, ex);
			}
		}
	}

	/** Counts the days of a tenant that are old enough and not counted yet. */
	void count(TenantId tenant) {
		Instant end = this.clock.instant().minus(this.settings.delay()).truncatedTo(ChronoUnit.MILLIS);
		boolean more = true;
		while (more) {
			more = Boolean.TRUE.equals(this.transaction.execute((status) -> countDay(tenant, end)));
		}
		this.learning.invalidate(tenant);
	}

	/** Returns whether more days are left. */
	private boolean countDay(TenantId tenant, Instant end) {
		this.locks.lock(AdvisoryLock.FRAGMENT_OUTCOMES, tenant.value());
		Instant from = this.repository.countedUntil(tenant).orElseGet(() -> end.minus(FIRST_PERIOD));
		Instant next = from.plus(DAY);
		Instant until = next.isBefore(end) ? next : end;
		if (!until.isAfter(from)) {
			return false;
		}
		Duration halfLife = this.settings.halfLife();
		this.repository.add(tenant, from, until, halfLife, this.outcomes.planned(tenant, from, until, halfLife));
		return until.isBefore(end);
	}

}
