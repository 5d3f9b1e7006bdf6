package io.waypost.experiment;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.experiment.assign.ExperimentPhase;
import io.waypost.experiment.assign.ExperimentPhaseRepository;
import io.waypost.experiment.assign.LayerSlots;
import io.waypost.experiment.assign.LivePhaseCache;
import io.waypost.experiment.assign.SlotAllocationRepository;
import io.waypost.experiment.define.ExperimentRepository;
import io.waypost.experiment.define.ExperimentValidator;
import io.waypost.experiment.verdict.InterimAnalyses;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Experiments: what they are, how they stand, how they end. */
@Component
public class Experiments {

	private final ExperimentRepository rows;

	private final ExperimentPhaseRepository trials;

	private final SlotAllocationRepository allotments;

	private final LivePhaseCache live;

	private final InterimAnalyses looks;

	private final Ledger ledger;

	private final IdGenerator ids;

	private final Clock clock;

	Experiments(ExperimentRepository rows, ExperimentPhaseRepository trials, SlotAllocationRepository allotments,
			LivePhaseCache live, InterimAnalyses looks, Ledger ledger, IdGenerator ids, Clock clock) {
		this.rows = rows;
		this.trials = trials;
		this.allotments = allotments;
		this.live = live;
		this.looks = looks;
		this.ledger = ledger;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Adds a version; {@link #approve} puts it live.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param definition what it should be
	 * @return the version
	 * @throws IllegalArgumentException when the definition contradicts itself, naming all
	 * that is wrong
	 */
	@Transactional
	public Experiment define(TenantId tenant, String actor, ExperimentDefinition definition) {
		List<ExperimentValidator> flaws = ExperimentValidator.of(definition);
		if (!flaws.isEmpty()) {
			throw new IllegalArgumentException("Experiment '%s': %s".formatted(definition.key(),
					String.join("; ", flaws.stream().map(ExperimentValidator::toString).toList())));
		}
		this.rows.lock(tenant, "key", definition.key());
		return this.rows.insert(tenant, actor, definition, this.clock.instant());
	}

	/**
	 * Puts a version live. It begins a new phase, with people assigned anew and nothing
	 * counted yet, unless the version before measures the very same.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param key name of the experiment
	 * @param version which
	 * @return the live version, empty when there is no such version
	 * @throws IllegalStateException when its layer has not enough people left
	 */
	@Transactional
	public Optional<Experiment> approve(TenantId tenant, String actor, String key, int version) {
		this.rows.lock(tenant, "key", key);
		Optional<Experiment> wanted = this.rows.find(tenant, key, version);
		wanted.ifPresent((experiment) -> putLive(tenant, actor, experiment));
		return wanted.isEmpty() ? wanted : this.rows.find(tenant, key, version);
	}

	/**
	 * Defines and approves in one go, for rooms whose own approval covers it.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param definition what it should be
	 * @return the live version
	 */
	@Transactional
	public Experiment start(TenantId tenant, String actor, ExperimentDefinition definition) {
		Experiment defined = define(tenant, actor, definition);
		return approve(tenant, actor, definition.key(), defined.version()).orElseThrow();
	}

	/**
	 * Finds an experiment.
	 * @param tenant whose
	 * @param key its name
	 * @return the live version, or the newest while none is live
	 */
	public Optional<Experiment> find(TenantId tenant, String key) {
		return this.rows.find(tenant, key);
	}

	/**
	 * Reads how an experiment stands, and changes nothing. Look as often as you like: the
	 * numbers are made for it.
	 * @param tenant whose
	 * @param key its name
	 * @return empty when no version of it was ever live
	 */
	@Transactional(readOnly = true)
	public Optional<ExperimentResults> read(TenantId tenant, String key) {
		return this.trials.find(tenant, key).map(this.looks::read);
	}

	/**
	 * Looks at a running experiment and does what follows: keeps the look for the
	 * history, draws new shares in Thompson mode, extends the deadline, or concludes. Of
	 * a concluded one it tells how it ended. The schedule does this by itself every few
	 * minutes; a campaign does it when it wants to go on.
	 * @param tenant whose
	 * @param key its name
	 * @return what was seen, with the verdict; empty when no version of it was ever live
	 */
	@Transactional
	public Optional<ExperimentResults> analyse(TenantId tenant, String key) {
		return this.trials.lock(tenant, key).map(this.looks::analyse);
	}

	/**
	 * Ends an experiment by hand.
	 * @param tenant whose
	 * @param actor who decides, as the ledger shows it
	 * @param key its name
	 * @param arm what everybody gets from now on
	 * @return how it stands; empty when no version of it was ever live, or it has no such
	 * arm
	 */
	@Transactional
	public Optional<ExperimentResults> conclude(TenantId tenant, String actor, String key, String arm) {
		return this.trials.lock(tenant, key)
			.filter((trial) -> trial.definition().arms().stream().anyMatch((one) -> one.key().equals(arm)))
			.map((trial) -> this.looks.conclude(trial, actor, arm));
	}

	/**
	 * Ends an experiment that somebody should have decided and nobody did: the default
	 * arm stays, and the verdict says that it did not win.
	 * @param tenant whose
	 * @param actor who does not wait any longer, as the ledger shows it
	 * @param key its name
	 * @return how it stands; empty when no version of it was ever live
	 */
	@Transactional
	public Optional<ExperimentResults> abandon(TenantId tenant, String actor, String key) {
		return this.trials.lock(tenant, key)
			.map((trial) -> (trial.conclusion() != null) ? this.looks.read(trial) : this.looks.abandon(trial, actor));
	}

	/**
	 * Lists versions by key, newest first within a key.
	 * @param tenant whose
	 * @param afterKey key of the version before the first, empty for the beginning
	 * @param afterVersion its number
	 * @param limit how many at the most
	 * @return the versions
	 */
	public List<Experiment> list(TenantId tenant, String afterKey, int afterVersion, int limit) {
		return this.rows.list(tenant, afterKey, afterVersion, limit);
	}

	private void putLive(TenantId tenant, String actor, Experiment version) {
		Instant now = this.clock.instant();
		ExperimentDefinition definition = version.definition();
		Optional<ExperimentPhase> going = this.trials.find(tenant, definition.key())
			.filter((trial) -> trial.conclusion() == null && trial.definition().isComparableWith(definition));
		int phase = going.map(ExperimentPhase::number).orElseGet(() -> this.trials.nextPhase(tenant, definition.key()));
		this.rows.makeLive(tenant, actor, version, phase, now);
		allot(tenant, definition);
		if (going.isEmpty()) {
			this.trials.supersede(tenant, definition.key(), now);
			this.trials.open(tenant, definition.key(), phase, this.ids.next(), now,
					now.plus(definition.pace().deadline()));
		}
		this.live.evict(tenant, definition.key());
		this.ledger.record(List.of(new LedgerEntry(tenant, now, "experiment.approved", "experiment:" + definition.key(),
				actor, Map.of("version", version.version(), "phase", phase))));
	}

	private void allot(TenantId tenant, ExperimentDefinition definition) {
		@Nullable String layer = definition.reach().layer();
		if (layer == null) {
			this.allotments.release(tenant, definition.key());
			return;
		}
		this.rows.lock(tenant, "layer", layer);
		int wanted = LayerSlots.slotsFor(definition.reach().traffic());
		int missing = this.allotments.allocate(tenant, layer, definition.key(), wanted);
		if (missing > 0) {
			throw new IllegalStateException(
					"Layer '%s' has only %.2f %% of its people left for experiment '%s'; lower its traffic or conclude another"
						.formatted(layer, 100.0 * (wanted - missing) / LayerSlots.TOTAL, definition.key()));
		}
	}

}
