package io.waypost.experiment.verdict;

import java.time.Clock;
import java.util.SplittableRandom;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.experiment.ExperimentSettings;
import io.waypost.experiment.assign.ExperimentPhaseRepository;
import io.waypost.experiment.assign.LivePhaseCache;
import io.waypost.experiment.assign.SlotAllocationRepository;
import io.waypost.experiment.measure.ExposureCountsRepository;
import io.waypost.ledger.Ledger;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Builds the interim analyses for tests of other packages. */
public final class VerdictFixture {

	private VerdictFixture() {
	}

	public static InterimAnalyses analyses(JdbcClient jdbc, ExperimentPhaseRepository phaseRepository,
			LivePhaseCache livePhases, Ledger ledger, ExperimentSettings settings, Clock clock) {
		return new InterimAnalyses(new ExposureCountsRepository(jdbc), phaseRepository,
				new InterimAnalysisRepository(jdbc), new SlotAllocationRepository(jdbc), livePhases, ledger, settings,
				new SplittableRandom(20261122), clock);
	}

	public static Runnable schedule(InterimAnalyses analyses, ExperimentPhaseRepository phaseRepository,
			ExperimentSettings settings, TransactionTemplate transactions, Clock clock) {
		return new InterimAnalysisSchedule(phaseRepository, analyses, settings, transactions, new SimpleMeterRegistry(),
				clock)::run;
	}

}
