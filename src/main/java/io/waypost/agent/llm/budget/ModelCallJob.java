package io.waypost.agent.llm.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import io.waypost.agent.llm.budget.ModelCallRepository.OverdueCall;
import io.waypost.database.TenantScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Closes calls of nodes that died, and deletes old calls. Two nodes may run it at the
 * same time: each call is locked while it changes.
 */
@Component
class ModelCallJob {

	/** Longer than any call takes. */
	static final Duration OVERDUE = Duration.ofMinutes(15);

	private static final Logger log = LoggerFactory.getLogger(ModelCallJob.class);

	/** Deletions of a night, of 1,000 rows each. */
	private static final int BATCHES = 1_000;

	private static final int KEPT_BATCHES = 20;

	private final DatabaseModelBudget budget;

	private final ModelCallRepository calls;

	private final SpendCounters counters;

	private final ModelBudgetSettings settings;

	private final Clock clock;

	ModelCallJob(DatabaseModelBudget budget, ModelCallRepository calls, SpendCounters counters,
			ModelBudgetSettings settings, Clock clock) {
		this.budget = budget;
		this.calls = calls;
		this.counters = counters;
		this.settings = settings;
		this.clock = clock;
	}

	/** Keeps the reservations of calls that are older than 15 minutes as their cost. */
	@Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
	void keepOverdue() {
		List<OverdueCall> overdue = overdue();
		for (int batch = 1; batch < KEPT_BATCHES && overdue.size() == ModelCallRepository.AT_ONCE; batch++) {
			keep(overdue);
			overdue = overdue();
		}
		keep(overdue);
	}

	private List<OverdueCall> overdue() {
		return TenantScope.all(() -> this.calls.overdue(this.clock.instant().minus(OVERDUE)));
	}

	private void keep(List<OverdueCall> overdue) {
		overdue.forEach(this::keep);
		if (!overdue.isEmpty()) {
			log.warn("{} calls of language models were not settled within {} minutes; what was reserved is their cost",
					overdue.size(), OVERDUE.toMinutes());
		}
	}

	/** A call that fails does not stop the others. */
	private void keep(OverdueCall call) {
		try {
			this.budget.keep(call.tenant(), call.call());
		}
		catch (RuntimeException ex) {
			log.warn("Call {} of a language model could not be closed; the next run tries again", call.call(), ex);
		}
	}

	/** Deletes calls and sums that are older than the settings allow. */
	@Scheduled(cron = "0 17 3 * * *", zone = "UTC")
	void deleteOld() {
		LocalDate first = LocalDate.ofInstant(this.clock.instant().minus(this.settings.keepCalls()), ZoneOffset.UTC);
		TenantScope.runAll(() -> {
			boolean more = true;
			for (int batch = 0; more && batch < BATCHES; batch++) {
				boolean calls = this.calls.deleteBefore(first);
				more = this.counters.deleteBefore(first) || calls;
			}
			if (more) {
				log.info("More calls of language models before {} are deleted tomorrow", first);
			}
		});
	}

}
