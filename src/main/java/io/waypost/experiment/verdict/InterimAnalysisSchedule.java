package io.waypost.experiment.verdict;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.database.TenantScope;
import io.waypost.experiment.ExperimentSettings;
import io.waypost.experiment.assign.ExperimentPhaseRepository;
import io.waypost.experiment.assign.ExperimentPhaseRepository.DueExperiment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs interim analyses of all running experiments, each on one node. */
@Component
class InterimAnalysisSchedule {

	private static final Logger logger = LoggerFactory.getLogger(InterimAnalysisSchedule.class);

	private final ExperimentPhaseRepository phaseRepository;

	private final InterimAnalyses analyses;

	private final ExperimentSettings settings;

	private final TransactionTemplate transaction;

	private final MeterRegistry meters;

	private final Clock clock;

	InterimAnalysisSchedule(ExperimentPhaseRepository phaseRepository, InterimAnalyses analyses,
			ExperimentSettings settings, TransactionTemplate transaction, MeterRegistry meters, Clock clock) {
		this.phaseRepository = phaseRepository;
		this.analyses = analyses;
		this.settings = settings;
		this.transaction = transaction;
		this.meters = meters;
		this.clock = clock;
	}

	/** Runs until no experiment is due. */
	@Scheduled(fixedDelayString = "${waypost.experiment.analysis-interval:10m}",
			initialDelayString = "${waypost.experiment.analysis-interval:10m}")
	void run() {
		TenantScope.runAll(this::analyseDue);
	}

	private void analyseDue() {
		Instant now = this.clock.instant();
		Instant before = now.minus(this.settings.analysisInterval().dividedBy(2));
		Optional<DueExperiment> due = this.phaseRepository.claimDue(before, now);
		while (due.isPresent()) {
			analyse(due.get());
			due = this.phaseRepository.claimDue(before, now);
		}
	}

	private void analyse(DueExperiment due) {
		try {
			this.transaction.executeWithoutResult((status) -> this.phaseRepository.lock(due.tenant(), due.key())
				.map(this.analyses::analyse)
				.ifPresent((results) -> count(results.verdict().decision().name())));
		}
		catch (RuntimeException failure) {
			// Retried after the next interval; the other experiments are analysed now
			logger.error("Interim analysis of experiment '{}' of tenant '{}' failed", due.key(), due.tenant(), failure);
			count("failed");
		}
	}

	private void count(String outcome) {
		this.meters.counter("waypost.experiment.interim_analysis", "outcome", outcome).increment();
	}

}
