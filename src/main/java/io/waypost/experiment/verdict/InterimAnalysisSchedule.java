package io.waypost.experiment.verdict;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.experiment.ExperimentSettings;
import io.waypost.experiment.assign.ExperimentPhaseRepository;
import io.waypost.experiment.assign.ExperimentPhaseRepository.DueExperiment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks at every running experiment from time to time, each by one node. */
@Component
public class InterimAnalysisSchedule {

	private static final Logger log = LoggerFactory.getLogger(InterimAnalysisSchedule.class);

	private final ExperimentPhaseRepository trials;

	private final InterimAnalyses looks;

	private final ExperimentSettings settings;

	private final TransactionTemplate transaction;

	private final MeterRegistry meters;

	private final Clock clock;

	public InterimAnalysisSchedule(ExperimentPhaseRepository trials, InterimAnalyses looks, ExperimentSettings settings,
			TransactionTemplate transaction, MeterRegistry meters, Clock clock) {
		this.trials = trials;
		this.looks = looks;
		this.settings = settings;
		this.transaction = transaction;
		this.meters = meters;
		this.clock = clock;
	}

	/** Looks until nothing is due: what was looked at is not due again for a while. */
	@Scheduled(fixedDelayString = "${waypost.experiment.look-interval:PT10M}",
			initialDelayString = "${waypost.experiment.look-interval:PT10M}")
	public void run() {
		Instant now = this.clock.instant();
		Instant before = now.minus(this.settings.lookInterval().dividedBy(2));
		Optional<DueExperiment> due = this.trials.claimDue(before, now);
		while (due.isPresent()) {
			look(due.get());
			due = this.trials.claimDue(before, now);
		}
	}

	private void look(DueExperiment due) {
		try {
			this.transaction.executeWithoutResult((status) -> this.trials.lock(due.tenant(), due.key())
				.map(this.looks::analyse)
				.ifPresent((seen) -> count(seen.verdict().decision().name())));
		}
		catch (RuntimeException failed) {
			// The next interval tries again; the other experiments are looked at now
			log.error("Experiment '{}' of tenant '{}' could not be looked at", due.key(), due.tenant(), failed);
			count("failed");
		}
	}

	private void count(String outcome) {
		this.meters.counter("waypost.experiment.trial.look", "outcome", outcome).increment();
	}

}
