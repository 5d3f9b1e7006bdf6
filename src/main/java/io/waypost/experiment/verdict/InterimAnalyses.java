package io.waypost.experiment.verdict;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import io.waypost.experiment.AllocationMode;
import io.waypost.experiment.Assignment.AssignmentRole;
import io.waypost.experiment.ExperimentArmResult;
import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.ExperimentResults;
import io.waypost.experiment.ExperimentSettings;
import io.waypost.experiment.ExperimentVerdict;
import io.waypost.experiment.assign.ExperimentPhase;
import io.waypost.experiment.assign.ExperimentPhaseRepository;
import io.waypost.experiment.assign.LivePhaseCache;
import io.waypost.experiment.assign.SlotAllocationRepository;
import io.waypost.experiment.measure.ArmTotals;
import io.waypost.experiment.measure.ExposureCounts;
import io.waypost.experiment.measure.ExposureCountsRepository;
import io.waypost.experiment.stats.BetaPosterior;
import io.waypost.experiment.stats.ThompsonSampling;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.stereotype.Component;

/** Analyses experiments and acts on the results. */
@Component
public class InterimAnalyses {

	/**
	 * Smallest share of an arm in Thompson mode, or a fifth of a uniform share if that is
	 * less.
	 */
	private static final double MIN_SHARE = 0.05;

	private final ExposureCountsRepository countsRepository;

	private final ExperimentPhaseRepository phaseRepository;

	private final InterimAnalysisRepository history;

	private final SlotAllocationRepository slotAllocations;

	private final LivePhaseCache livePhases;

	private final Ledger ledger;

	private final ExperimentSettings settings;

	private final RandomGenerator random;

	private final Clock clock;

	InterimAnalyses(ExposureCountsRepository countsRepository, ExperimentPhaseRepository phaseRepository,
			InterimAnalysisRepository history, SlotAllocationRepository slotAllocations, LivePhaseCache livePhases,
			Ledger ledger, ExperimentSettings settings, RandomGenerator random, Clock clock) {
		this.countsRepository = countsRepository;
		this.phaseRepository = phaseRepository;
		this.history = history;
		this.slotAllocations = slotAllocations;
		this.livePhases = livePhases;
		this.ledger = ledger;
		this.settings = settings;
		this.random = random;
		this.clock = clock;
	}

	/** Computes the current results and changes nothing. */
	public ExperimentResults read(ExperimentPhase phase) {
		Instant now = this.clock.instant();
		return results(phase, now, this.countsRepository.count(phase, now));
	}

	/** Computes the current results and acts on them; the caller has locked the phase. */
	public ExperimentResults analyse(ExperimentPhase phase) {
		Instant now = this.clock.instant();
		List<ExposureCounts> counts = this.countsRepository.count(phase, now);
		ExperimentResults results = results(phase, now, counts);
		if (phase.conclusion() != null) {
			this.phaseRepository.markAnalysed(phase, now);
			this.phaseRepository.closeWhenMatured(phase, now);
			return results;
		}
		this.history.insert(phase, now, results.verdict().decision(), results.arms());
		boolean extend = results.verdict().decision() == ExperimentDecision.KEEP_RUNNING
				&& !now.isBefore(phase.deadlineAt());
		this.phaseRepository.saveAnalysis(phase, results.verdict(), now,
				extend ? now.plus(phase.definition().pace().extension()) : phase.deadlineAt(),
				phase.extensionsUsed() + (extend ? 1 : 0), nextShares(phase, counts));
		recordDecision(phase, results, "system:experiment", extend);
		if (results.verdict().decision().isFinal()) {
			end(phase, results.verdict(), now);
		}
		this.livePhases.evict(phase.tenant(), phase.key());
		return results;
	}

	/** Ends the test with a manual choice; the caller has locked the phase. */
	public ExperimentResults conclude(ExperimentPhase phase, String actor, String arm) {
		Instant now = this.clock.instant();
		ExperimentDecision decision = arm.equals(phase.definition().defaultArm()) ? ExperimentDecision.ROLLBACK
				: ExperimentDecision.SHIP;
		end(phase, new ExperimentVerdict(decision, arm, VerdictText.concludedManually(actor, arm)), now);
		return concluded(phase, actor);
	}

	/** Ends the test without a choice; the caller has locked the phase. */
	public ExperimentResults abandon(ExperimentPhase phase, String actor) {
		ExperimentResults last = read(phase);
		String arm = phase.definition().defaultArm();
		end(phase, new ExperimentVerdict(ExperimentDecision.INCONCLUSIVE, arm,
				VerdictText.abandoned(arm, last.verdict().sentence())), this.clock.instant());
		return concluded(phase, actor);
	}

	private ExperimentResults concluded(ExperimentPhase phase, String actor) {
		ExperimentResults results = read(this.phaseRepository.find(phase.tenant(), phase.key()).orElseThrow());
		recordDecision(phase, results, actor, false);
		this.livePhases.evict(phase.tenant(), phase.key());
		return results;
	}

	private void end(ExperimentPhase phase, ExperimentVerdict verdict, Instant now) {
		this.phaseRepository.conclude(phase, verdict, now);
		// Everyone gets the same arm from now on: other experiments can use the slots
		this.slotAllocations.release(phase.tenant(), phase.key());
	}

	private ExperimentResults results(ExperimentPhase phase, Instant now, List<ExposureCounts> counts) {
		ExperimentSnapshot snapshot = snapshot(phase, now, counts);
		ArmResultCalculator arms = new ArmResultCalculator(phase, snapshot);
		ExperimentVerdict verdict = (phase.conclusion() != null) ? phase.conclusion().verdict()
				: new DecisionRule(this.settings).decide(snapshot).verdict();
		return new ExperimentResults(phase.key(), phase.version(), phase.number(), now, phase.startedAt(),
				phase.deadlineAt(), phase.extensionsLeft(),
				(phase.conclusion() != null) ? phase.conclusion().at() : null, phase.definition().metric(),
				arms.results(), arms.sampleRatioP(),
				new LiftEstimator(phase.definition(), this.settings.minimumPeople()).estimate(counts).orElse(null),
				verdict, this.history.list(phase));
	}

	private static ExperimentSnapshot snapshot(ExperimentPhase phase, Instant now, List<ExposureCounts> counts) {
		List<ArmTotals> totals = phase.definition()
			.arms()
			.stream()
			.map((arm) -> counts.stream()
				.filter((count) -> count.role() == AssignmentRole.TEST && count.arm().equals(arm.key()))
				.findFirst()
				.map((count) -> count.totals(phase.definition().metric()))
				.orElse(ArmTotals.EMPTY))
			.toList();
		return new ExperimentSnapshot(phase.definition(), totals, phase.startedAt(), phase.deadlineAt(),
				phase.extensionsLeft(), now);
	}

	/**
	 * Draws the next shares in Thompson mode from all matured people of the arms. The
	 * current shares stay while an arm has too little data.
	 */
	private List<Double> nextShares(ExperimentPhase phase, List<ExposureCounts> counts) {
		if (phase.definition().mode() != AllocationMode.THOMPSON) {
			return phase.shares();
		}
		List<ArmTotals> totals = phase.definition()
			.arms()
			.stream()
			.map((arm) -> sentTotals(arm.key(), phase, counts))
			.toList();
		boolean enough = totals.stream()
			.allMatch((arm) -> arm.matured() >= this.settings.minimumPeople()
					&& arm.conversions() >= this.settings.minimumConversions());
		if (!enough) {
			return phase.shares();
		}
		List<BetaPosterior> posteriors = totals.stream()
			.map((arm) -> BetaPosterior.uniformPrior(arm.conversions(), arm.matured()))
			.toList();
		double[] shares = ThompsonSampling.shares(posteriors, Math.min(MIN_SHARE, 0.2 / posteriors.size()),
				this.random);
		return Arrays.stream(shares).boxed().toList();
	}

	private static ArmTotals sentTotals(String arm, ExperimentPhase phase, List<ExposureCounts> counts) {
		List<ArmTotals> parts = counts.stream()
			.filter((count) -> (count.role() == AssignmentRole.TEST || count.role() == AssignmentRole.ADAPTIVE)
					&& count.arm().equals(arm))
			.map((count) -> count.totals(phase.definition().metric()))
			.toList();
		return new ArmTotals(parts.stream().mapToLong(ArmTotals::exposed).sum(),
				parts.stream().mapToLong(ArmTotals::matured).sum(),
				parts.stream().mapToLong(ArmTotals::conversions).sum(), Map.of());
	}

	/**
	 * Writes a decision and its inputs to the ledger, unless it repeats the last one.
	 */
	private void recordDecision(ExperimentPhase phase, ExperimentResults results, String actor, boolean extended) {
		if (results.verdict().decision() == this.phaseRepository.lastRecordedDecision(phase) && !extended) {
			return;
		}
		this.phaseRepository.recordDecision(phase, results.verdict().decision());
		Map<String, Object> facts = new TreeMap<>();
		facts.put("decision", results.verdict().decision().name());
		facts.put("arm", results.verdict().arm());
		facts.put("version", results.version());
		facts.put("phase", results.phase());
		facts.put("extended", extended);
		facts.put("sampleRatioP", Double.toString(results.sampleRatioP()));
		facts.put("plannedUsers", phase.definition().plannedUsers());
		facts.put("arms", results.arms().stream().map(InterimAnalyses::inputs).toList());
		this.ledger.record(List.of(new LedgerEntry(phase.tenant(), results.at(), "experiment.verdict",
				"experiment:" + phase.key(), actor, facts)));
	}

	private static Map<String, Object> inputs(ExperimentArmResult arm) {
		Map<String, Object> inputs = new TreeMap<>();
		inputs.put("arm", arm.arm());
		inputs.put("exposed", arm.exposed());
		inputs.put("matured", arm.matured());
		inputs.put("conversions", arm.conversions());
		arm.guardrails().forEach((guardrail) -> inputs.put(guardrail.harm().name(), guardrail.count()));
		return inputs;
	}

}
