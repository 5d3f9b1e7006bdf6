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

/** Looks at trials and does what follows. */
@Component
public class InterimAnalyses {

	/**
	 * Least share of an arm in Thompson mode, and a fifth of an even share if that is
	 * less.
	 */
	private static final double FLOOR = 0.05;

	private final ExposureCountsRepository counts;

	private final ExperimentPhaseRepository trials;

	private final InterimAnalysisRepository history;

	private final SlotAllocationRepository allotments;

	private final LivePhaseCache live;

	private final Ledger ledger;

	private final ExperimentSettings settings;

	private final RandomGenerator random;

	private final Clock clock;

	public InterimAnalyses(ExposureCountsRepository counts, ExperimentPhaseRepository trials,
			InterimAnalysisRepository history, SlotAllocationRepository allotments, LivePhaseCache live, Ledger ledger,
			ExperimentSettings settings, RandomGenerator random, Clock clock) {
		this.counts = counts;
		this.trials = trials;
		this.history = history;
		this.allotments = allotments;
		this.live = live;
		this.ledger = ledger;
		this.settings = settings;
		this.random = random;
		this.clock = clock;
	}

	/** Sees how a trial stands, without consequence. */
	public ExperimentResults read(ExperimentPhase trial) {
		Instant now = this.clock.instant();
		return readOut(trial, now, this.counts.count(trial, now));
	}

	/** Sees how it stands and acts on it; the caller has locked the trial. */
	public ExperimentResults analyse(ExperimentPhase trial) {
		Instant now = this.clock.instant();
		List<ExposureCounts> counted = this.counts.count(trial, now);
		ExperimentResults seen = readOut(trial, now, counted);
		if (trial.conclusion() != null) {
			this.trials.markAnalysed(trial, now);
			this.trials.closeWhenMatured(trial, now);
			return seen;
		}
		this.history.insert(trial, now, seen.verdict().decision(), seen.arms());
		boolean extend = seen.verdict().decision() == ExperimentDecision.KEEP_RUNNING
				&& !now.isBefore(trial.deadlineAt());
		this.trials.saveAnalysis(trial, seen.verdict(), now,
				extend ? now.plus(trial.definition().pace().extension()) : trial.deadlineAt(),
				trial.extensionsUsed() + (extend ? 1 : 0), shares(trial, counted));
		tell(trial, seen, "system:experiment", extend);
		if (seen.verdict().decision().isFinal()) {
			end(trial, seen.verdict(), now);
		}
		this.live.evict(trial.tenant(), trial.key());
		return seen;
	}

	/** Ends it with somebody's choice; the caller has locked the trial. */
	public ExperimentResults conclude(ExperimentPhase trial, String actor, String arm) {
		Instant now = this.clock.instant();
		ExperimentDecision decision = arm.equals(trial.definition().defaultArm()) ? ExperimentDecision.ROLLBACK
				: ExperimentDecision.SHIP;
		ExperimentVerdict verdict = new ExperimentVerdict(decision, arm, VerdictText.concludedByHand(actor, arm));
		end(trial, verdict, now);
		return concluded(trial, actor);
	}

	private ExperimentResults concluded(ExperimentPhase trial, String actor) {
		ExperimentResults seen = read(this.trials.find(trial.tenant(), trial.key()).orElseThrow());
		tell(trial, seen, actor, false);
		this.live.evict(trial.tenant(), trial.key());
		return seen;
	}

	/** Ends it without a choice; the caller has locked the trial. */
	public ExperimentResults abandon(ExperimentPhase trial, String actor) {
		ExperimentResults last = read(trial);
		String arm = trial.definition().defaultArm();
		end(trial, new ExperimentVerdict(ExperimentDecision.INCONCLUSIVE, arm,
				VerdictText.abandoned(arm, last.verdict().sentence())), this.clock.instant());
		return concluded(trial, actor);
	}

	private void end(ExperimentPhase trial, ExperimentVerdict verdict, Instant now) {
		this.trials.conclude(trial, verdict, now);
		// Its slots are free for others: from here on everybody gets the same
		this.allotments.release(trial.tenant(), trial.key());
	}

	private ExperimentResults readOut(ExperimentPhase trial, Instant now, List<ExposureCounts> counted) {
		ExperimentSnapshot standing = standing(trial, now, counted);
		ArmResultCalculator readings = new ArmResultCalculator(trial, standing);
		ExperimentVerdict verdict = (trial.conclusion() != null) ? trial.conclusion().verdict()
				: new DecisionRule(this.settings).decide(standing).verdict();
		return new ExperimentResults(trial.key(), trial.version(), trial.number(), now, trial.startedAt(),
				trial.deadlineAt(), trial.extensionsLeft(),
				(trial.conclusion() != null) ? trial.conclusion().at() : null, trial.definition().metric(),
				readings.results(), readings.sampleRatioP(),
				new LiftEstimator(trial.definition(), this.settings.minimumUsers()).estimate(counted).orElse(null),
				verdict, this.history.list(trial));
	}

	private static ExperimentSnapshot standing(ExperimentPhase trial, Instant now, List<ExposureCounts> counted) {
		List<ArmTotals> tallies = trial.definition()
			.arms()
			.stream()
			.map((arm) -> counted.stream()
				.filter((count) -> count.role() == AssignmentRole.TEST && count.arm().equals(arm.key()))
				.findFirst()
				.map((count) -> count.totals(trial.definition().metric()))
				.orElse(ArmTotals.EMPTY))
			.toList();
		return new ExperimentSnapshot(trial.definition(), tallies, trial.startedAt(), trial.deadlineAt(),
				trial.extensionsLeft(), now);
	}

	/**
	 * Draws the next shares in Thompson mode, from all matured people of the arms; as
	 * long as an arm has too few of them the old ones stay.
	 */
	private List<Double> shares(ExperimentPhase trial, List<ExposureCounts> counted) {
		if (trial.definition().mode() != AllocationMode.THOMPSON) {
			return trial.shares();
		}
		List<ArmTotals> tallies = trial.definition()
			.arms()
			.stream()
			.map((arm) -> sentTo(arm.key(), trial, counted))
			.toList();
		boolean enough = tallies.stream()
			.allMatch((tally) -> tally.matured() >= this.settings.minimumUsers()
					&& tally.conversions() >= this.settings.minimumConversions());
		if (!enough) {
			return trial.shares();
		}
		List<BetaPosterior> posteriors = tallies.stream()
			.map((tally) -> BetaPosterior.uniformPrior(tally.conversions(), tally.matured()))
			.toList();
		double[] drawn = ThompsonSampling.shares(posteriors, Math.min(FLOOR, 0.2 / posteriors.size()), this.random);
		return Arrays.stream(drawn).boxed().toList();
	}

	private static ArmTotals sentTo(String arm, ExperimentPhase trial, List<ExposureCounts> counted) {
		List<ArmTotals> parts = counted.stream()
			.filter((count) -> (count.role() == AssignmentRole.TEST || count.role() == AssignmentRole.ADAPTIVE)
					&& count.arm().equals(arm))
			.map((count) -> count.totals(trial.definition().metric()))
			.toList();
		return new ArmTotals(parts.stream().mapToLong(ArmTotals::exposed).sum(),
				parts.stream().mapToLong(ArmTotals::matured).sum(),
				parts.stream().mapToLong(ArmTotals::conversions).sum(), Map.of());
	}

	/**
	 * Verdicts are on record with what they rest on; one that only repeats itself is not.
	 */
	private void tell(ExperimentPhase trial, ExperimentResults seen, String actor, boolean extended) {
		if (seen.verdict().decision() == this.trials.lastRecordedDecision(trial) && !extended) {
			return;
		}
		this.trials.recordDecision(trial, seen.verdict().decision());
		Map<String, Object> facts = new TreeMap<>();
		facts.put("decision", seen.verdict().decision().name());
		facts.put("arm", seen.verdict().arm());
		facts.put("version", seen.version());
		facts.put("phase", seen.phase());
		facts.put("extended", extended);
		facts.put("sampleRatioP", Double.toString(seen.sampleRatioP()));
		facts.put("plannedUsers", trial.definition().plannedUsers());
		facts.put("arms", seen.arms().stream().map(InterimAnalyses::inputs).toList());
		this.ledger.record(List.of(new LedgerEntry(trial.tenant(), seen.at(), "experiment.verdict",
				"experiment:" + trial.key(), actor, facts)));
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
