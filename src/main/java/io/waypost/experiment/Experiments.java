package io.waypost.experiment;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
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

/** Manages experiments: definition, approval, results, conclusion. */
@Component
public class Experiments {

	private final ExperimentRepository repository;

	private final ExperimentPhaseRepository phaseRepository;

	private final SlotAllocationRepository slotAllocations;

	private final LivePhaseCache livePhases;

	private final InterimAnalyses interimAnalyses;

	private final AdvisoryLocks locks;

	private final Ledger ledger;

	private final IdGenerator ids;

	private final Clock clock;

	Experiments(ExperimentRepository repository, ExperimentPhaseRepository phaseRepository,
			SlotAllocationRepository slotAllocations, LivePhaseCache livePhases, InterimAnalyses interimAnalyses,
			AdvisoryLocks locks, Ledger ledger, IdGenerator ids, Clock clock) {
		this.repository = repository;
		this.phaseRepository = phaseRepository;
		this.slotAllocations = slotAllocations;
		this.livePhases = livePhases;
		this.interimAnalyses = interimAnalyses;
		this.locks = locks;
		this.ledger = ledger;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Adds a version. It has no effect until {@link #approve} makes it live.
	 * @param tenant the tenant
	 * @param actor who adds it, as shown in the ledger
	 * @param definition the definition
	 * @return the new version
	 * @throws IllegalArgumentException when the definition is invalid; the message lists
	 * all violations
	 */
	@Transactional
	public Experiment define(TenantId tenant, String actor, ExperimentDefinition definition) {
		List<Violation> violations = ExperimentValidator.validate(definition);
		if (!violations.isEmpty()) {
			throw new IllegalArgumentException("Experiment '%s': %s".formatted(definition.key(),
					violations.stream()
						.map((violation) -> violation.pointer() + ' ' + violation.detail())
						.collect(Collectors.joining("; "))));
		}
		lock(tenant, definition.key());
		return this.repository.insert(tenant, actor, definition, this.clock.instant());
	}

	/**
	 * Makes a version live. This starts a new phase, in which people are assigned again
	 * and counts start at 0, unless both versions measure the same. The approval of a
	 * version that is live and not concluded does not change, and nothing is recorded.
	 * @param tenant the tenant
	 * @param actor who approves it, as shown in the ledger
	 * @param key key of the experiment
	 * @param version number of the version
	 * @return the live version, empty when the version does not exist
	 * @throws IllegalStateException when its layer does not have enough free slots
	 */
	@Transactional
	public Optional<Experiment> approve(TenantId tenant, String actor, String key, int version) {
		lock(tenant, key);
		Optional<Experiment> requested = this.repository.find(tenant, key, version);
		if (requested.isEmpty() || isRunning(tenant, requested.get())) {
			return requested;
		}
		makeLive(tenant, actor, requested.get());
		return this.repository.find(tenant, key, version);
	}

	/**
	 * Defines and approves in one step, for callers with an approval of their own, such
	 * as campaigns.
	 * @param tenant the tenant
	 * @param actor who starts it, as shown in the ledger
	 * @param definition the definition
	 * @return the live version
	 */
	@Transactional
	public Experiment start(TenantId tenant, String actor, ExperimentDefinition definition) {
		Experiment defined = define(tenant, actor, definition);
		return approve(tenant, actor, definition.key(), defined.version()).orElseThrow();
	}

	/**
	 * Finds an experiment.
	 * @param tenant the tenant
	 * @param key key of the experiment
	 * @return the live version, or the newest while none is live
	 */
	public Optional<Experiment> find(TenantId tenant, String key) {
		return this.repository.find(tenant, key);
	}

	/**
	 * Reads the current results and changes nothing. It can be called as often as you
	 * like: the confidence intervals are valid at every time.
	 * @param tenant the tenant
	 * @param key key of the experiment
	 * @return empty when no version was ever live
	 */
	@Transactional(readOnly = true)
	public Optional<ExperimentResults> read(TenantId tenant, String key) {
		return this.phaseRepository.find(tenant, key).map(this.interimAnalyses::read);
	}

	/**
	 * Runs an interim analysis and acts on it: stores the result in the history, draws
	 * new shares in Thompson mode, extends the deadline, or concludes the experiment. For
	 * a concluded experiment it only returns the results. A schedule calls this every few
	 * minutes; a campaign calls it when it needs the decision.
	 * @param tenant the tenant
	 * @param key key of the experiment
	 * @return the results with the verdict; empty when no version was ever live
	 */
	@Transactional
	public Optional<ExperimentResults> analyse(TenantId tenant, String key) {
		return this.phaseRepository.lock(tenant, key).map(this.interimAnalyses::analyse);
	}

	/**
	 * Ends an experiment manually.
	 * @param tenant the tenant
	 * @param actor who decides, as shown in the ledger
	 * @param key key of the experiment
	 * @param arm the arm that everyone gets from now on
	 * @return the results; empty when no version was ever live or the arm does not exist
	 */
	@Transactional
	public Optional<ExperimentResults> conclude(TenantId tenant, String actor, String key, String arm) {
		return this.phaseRepository.lock(tenant, key)
			.filter((phase) -> phase.definition().arms().stream().anyMatch((one) -> one.key().equals(arm)))
			.map((phase) -> this.interimAnalyses.conclude(phase, actor, arm));
	}

	/**
	 * Ends an experiment that needed a manual decision and did not get one in time. The
	 * default arm stays; the verdict is INCONCLUSIVE.
	 * @param tenant the tenant
	 * @param actor who stops waiting, as shown in the ledger
	 * @param key key of the experiment
	 * @return the results; empty when no version was ever live
	 */
	@Transactional
	public Optional<ExperimentResults> abandon(TenantId tenant, String actor, String key) {
		return this.phaseRepository.lock(tenant, key)
			.map((phase) -> (phase.conclusion() != null) ? this.interimAnalyses.read(phase)
					: this.interimAnalyses.abandon(phase, actor));
	}

	/**
	 * Lists versions by key, newest first within a key.
	 * @param tenant the tenant
	 * @param afterKey key of the version before the first, empty for the first page
	 * @param afterVersion number of that version
	 * @param limit maximum number of versions
	 * @return the versions
	 */
	public List<Experiment> list(TenantId tenant, String afterKey, int afterVersion, int limit) {
		return this.repository.list(tenant, afterKey, afterVersion, limit);
	}

	private void lock(TenantId tenant, String key) {
		this.locks.lock(AdvisoryLock.EXPERIMENT_VERSION, tenant.value(), key);
	}

	private boolean isRunning(TenantId tenant, Experiment version) {
		return version.live() && this.phaseRepository.find(tenant, version.definition().key())
			.filter((phase) -> phase.conclusion() == null)
			.isPresent();
	}

	private void makeLive(TenantId tenant, String actor, Experiment version) {
		Instant now = this.clock.instant();
		ExperimentDefinition definition = version.definition();
		Optional<ExperimentPhase> continued = this.phaseRepository.find(tenant, definition.key())
			.filter((phase) -> phase.conclusion() == null && phase.definition().isComparableWith(definition));
		int number = continued.map(ExperimentPhase::number)
			.orElseGet(() -> this.phaseRepository.nextNumber(tenant, definition.key()));
		this.repository.makeLive(tenant, actor, version, number, now);
		allocateSlots(tenant, definition);
		if (continued.isEmpty()) {
			this.phaseRepository.closeAll(tenant, definition.key(), now);
			this.phaseRepository.open(tenant, definition.key(), number, this.ids.next(), now,
					now.plus(definition.pace().deadline()));
		}
		this.livePhases.evict(tenant, definition.key());
		this.ledger.record(List.of(new LedgerEntry(tenant, now, "experiment.approved", "experiment:" + definition.key(),
				actor, Map.of("version", version.version(), "phase", number))));
	}

	private void allocateSlots(TenantId tenant, ExperimentDefinition definition) {
		@Nullable String layer = definition.reach().layer();
		if (layer == null) {
			this.slotAllocations.release(tenant, definition.key());
			return;
		}
		this.locks.lock(AdvisoryLock.EXPERIMENT_LAYER, tenant.value(), layer);
		int requested = LayerSlots.slotsFor(definition.reach().traffic());
		int missing = this.slotAllocations.allocate(tenant, layer, definition.key(), requested);
		if (missing > 0) {
			throw new IllegalStateException(
					"Layer '%s' has only %.2f %% free traffic for experiment '%s'; lower its traffic or conclude another experiment"
						.formatted(layer, 100.0 * (requested - missing) / LayerSlots.TOTAL, definition.key()));
		}
	}

}
