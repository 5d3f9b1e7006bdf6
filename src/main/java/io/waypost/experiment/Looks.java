package io.waypost.experiment;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import io.waypost.experiment.Assignment.Role;
import io.waypost.experiment.stats.BetaPosterior;
import io.waypost.experiment.stats.Thompson;
import io.waypost.ledger.Entry;
import io.waypost.ledger.Ledger;

import org.springframework.stereotype.Component;

/** Looks at trials and does what follows. */
@Component
class Looks {

	/**
	 * Least share of an arm in Thompson mode, and a fifth of an even share if that is
	 * less.
	 */
	private static final double FLOOR = 0.05;

	private final CountRows counts;

	private final TrialRows trials;

	private final LookRows history;

	private final Allotments allotments;

	private final LiveTrials live;

	private final Ledger ledger;

	private final ExperimentSettings settings;

	private final RandomGenerator random;

	private final Clock clock;

	Looks(CountRows counts, TrialRows trials, LookRows history, Allotments allotments, LiveTrials live, Ledger ledger,
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
	ReadOut read(Trial trial) {
		Instant now = this.clock.instant();
		return readOut(trial, now, this.counts.count(trial, now));
	}

	/** Sees how it stands and acts on it; the caller has locked the trial. */
	ReadOut look(Trial trial) {
		Instant now = this.clock.instant();
		List<Count> counted = this.counts.count(trial, now);
		ReadOut seen = readOut(trial, now, counted);
		if (trial.conclusion() != null) {
			this.trials.touch(trial, now);
			this.trials.closeIfOver(trial, now);
			return seen;
		}
		this.history.insert(trial, now, seen.verdict().decision(), seen.arms());
		boolean extend = seen.verdict().decision() == Decision.KEEP_RUNNING && !now.isBefore(trial.deadlineAt());
		this.trials.looked(trial, seen.verdict(), now,
				extend ? now.plus(trial.definition().pace().extension()) : trial.deadlineAt(),
				trial.extended() + (extend ? 1 : 0), shares(trial, counted));
		tell(trial, seen, "system:experiment", extend);
		if (seen.verdict().decision().isFinal()) {
			end(trial, seen.verdict(), now);
		}
		this.live.forget(trial.tenant(), trial.key());
		return seen;
	}

	/** Ends it with somebody's choice; the caller has locked the trial. */
	ReadOut conclude(Trial trial, String actor, String arm) {
		Instant now = this.clock.instant();
		Decision decision = arm.equals(trial.definition().defaultArm()) ? Decision.ROLLBACK : Decision.SHIP;
		Verdict verdict = new Verdict(decision, arm, Sentences.concludedByHand(actor, arm));
		end(trial, verdict, now);
		return concluded(trial, actor);
	}

	private ReadOut concluded(Trial trial, String actor) {
		ReadOut seen = read(this.trials.find(trial.tenant(), trial.key()).orElseThrow());
		tell(trial, seen, actor, false);
		this.live.forget(trial.tenant(), trial.key());
		return seen;
	}

	/** Ends it without a choice; the caller has locked the trial. */
	ReadOut abandon(Trial trial, String actor) {
		ReadOut last = read(trial);
		String arm = trial.definition().defaultArm();
		end(trial, new Verdict(Decision.INCONCLUSIVE, arm, Sentences.undecided(arm, last.verdict().sentence())),
				this.clock.instant());
		return concluded(trial, actor);
	}

	private void end(Trial trial, Verdict verdict, Instant now) {
		this.trials.conclude(trial, verdict, now);
		// Its slots are free for others: from here on everybody gets the same
		this.allotments.release(trial.tenant(), trial.key());
	}

	private ReadOut readOut(Trial trial, Instant now, List<Count> counted) {
		Standing standing = standing(trial, now, counted);
		Readings readings = new Readings(trial, standing);
		Verdict verdict = (trial.conclusion() != null) ? trial.conclusion().verdict()
				: new Judge(this.settings).judge(standing).verdict();
		return new ReadOut(trial.key(), trial.version(), trial.phase(), now, trial.startedAt(), trial.deadlineAt(),
				trial.extensionsLeft(), (trial.conclusion() != null) ? trial.conclusion().at() : null,
				trial.definition().metric(), readings.arms(), readings.sampleRatioP(),
				new Lifts(trial.definition(), this.settings.minimumUsers()).measure(counted).orElse(null), verdict,
				this.history.list(trial));
	}

	private static Standing standing(Trial trial, Instant now, List<Count> counted) {
		List<Tally> tallies = trial.definition()
			.arms()
			.stream()
			.map((arm) -> counted.stream()
				.filter((count) -> count.role() == Role.TEST && count.arm().equals(arm.key()))
				.findFirst()
				.map((count) -> count.tally(trial.definition().metric()))
				.orElse(Tally.NOBODY))
			.toList();
		return new Standing(trial.definition(), tallies, trial.startedAt(), trial.deadlineAt(), trial.extensionsLeft(),
				now);
	}

	/**
	 * Draws the next shares in Thompson mode, from all matured people of the arms; as
	 * long as an arm has too few of them the old ones stay.
	 */
	private List<Double> shares(Trial trial, List<Count> counted) {
		if (trial.definition().mode() != Mode.THOMPSON) {
			return trial.shares();
		}
		List<Tally> tallies = trial.definition()
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
		double[] drawn = Thompson.shares(posteriors, Math.min(FLOOR, 0.2 / posteriors.size()), this.random);
		return Arrays.stream(drawn).boxed().toList();
	}

	private static Tally sentTo(String arm, Trial trial, List<Count> counted) {
		List<Tally> parts = counted.stream()
			.filter((count) -> (count.role() == Role.TEST || count.role() == Role.ADAPTIVE) && count.arm().equals(arm))
			.map((count) -> count.tally(trial.definition().metric()))
			.toList();
		return new Tally(parts.stream().mapToLong(Tally::exposed).sum(), parts.stream().mapToLong(Tally::matured).sum(),
				parts.stream().mapToLong(Tally::conversions).sum(), Map.of());
	}

	/**
	 * Verdicts are on record with what they rest on; one that only repeats itself is not.
	 */
	private void tell(Trial trial, ReadOut seen, String actor, boolean extended) {
		if (seen.verdict().decision() == this.trials.lastTold(trial) && !extended) {
			return;
		}
		this.trials.told(trial, seen.verdict().decision());
		Map<String, Object> facts = new TreeMap<>();
		facts.put("decision", seen.verdict().decision().name());
		facts.put("arm", seen.verdict().arm());
		facts.put("version", seen.version());
		facts.put("phase", seen.phase());
		facts.put("extended", extended);
		facts.put("sampleRatioP", Double.toString(seen.sampleRatioP()));
		facts.put("plannedUsers", trial.definition().plannedUsers());
		facts.put("arms", seen.arms().stream().map(Looks::inputs).toList());
		this.ledger.record(List
			.of(new Entry(trial.tenant(), seen.at(), "experiment.verdict", "experiment:" + trial.key(), actor, facts)));
	}

	private static Map<String, Object> inputs(ArmReading arm) {
		Map<String, Object> inputs = new TreeMap<>();
		inputs.put("arm", arm.arm());
		inputs.put("exposed", arm.exposed());
		inputs.put("matured", arm.matured());
		inputs.put("conversions", arm.conversions());
		arm.guardrails().forEach((guardrail) -> inputs.put(guardrail.harm().name(), guardrail.count()));
		return inputs;
	}

}
