package io.waypost.feature.lifecycle;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.database.TenantScope;
import io.waypost.feature.FeatureSettings;
import io.waypost.feature.LifecycleStage;
import io.waypost.feature.state.FeatureState;
import io.waypost.feature.state.FeatureStateRepository;
import io.waypost.feature.state.FeatureStateRepository.DueState;
import io.waypost.feature.state.FeatureStateRepository.StateRow;
import io.waypost.feature.state.PurchaseState.OrderHistory;
import io.waypost.ingestion.EventIngestion;
import io.waypost.ingestion.InternalEvent;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds profiles whose lifecycle stage changed, by time or by an order, and records a
 * {@code Lifecycle Stage Changed} event for each. The event is ingested like any other.
 */
@Component
class LifecycleSweep {

	static final String EVENT = "Lifecycle Stage Changed";

	private final FeatureStateRepository stateRepository;

	private final EventRecorder recorder;

	private final TransactionTemplate transaction;

	private final Clock clock;

	private final FeatureSettings settings;

	private final Counter changed;

	@Autowired
	LifecycleSweep(FeatureStateRepository stateRepository, EventIngestion ingestion, TransactionTemplate transaction,
			Clock clock, FeatureSettings settings, MeterRegistry meters) {
		this(stateRepository, ingestion::record, transaction, clock, settings, meters);
	}

	LifecycleSweep(FeatureStateRepository stateRepository, EventRecorder recorder, TransactionTemplate transaction,
			Clock clock, FeatureSettings settings, MeterRegistry meters) {
		this.stateRepository = stateRepository;
		this.recorder = recorder;
		this.transaction = transaction;
		this.clock = clock;
		this.settings = settings;
		this.changed = meters.counter("waypost.feature.stage.sweep", "outcome", "changed");
	}

	/** Records events; tests supply their own. */
	interface EventRecorder {

		void record(TenantId tenant, List<InternalEvent> events);

	}

	/** Runs until no profile is due. */
	@Scheduled(fixedDelayString = "${waypost.feature.sweep-interval:1m}",
			initialDelayString = "${waypost.feature.sweep-interval:1m}")
	void run() {
		Instant now = this.clock.instant();
		int swept;
		do {
			swept = TenantScope.all(() -> sweep(now));
		}
		while (swept == this.settings.sweepBatch());
	}

	/**
	 * Updates one batch of due profiles in one transaction.
	 * @return number of profiles
	 */
	int sweep(Instant now) {
		Integer swept = this.transaction.execute((status) -> {
			List<DueState> due = this.stateRepository.lockDue(now, this.settings.sweepBatch());
			byTenant(due).forEach((tenant, rows) -> update(tenant, rows, now));
			return due.size();
		});
		return (swept != null) ? swept : 0;
	}

	private void update(TenantId tenant, List<StateRow> rows, Instant now) {
		List<StateRow> updated = new ArrayList<>(rows.size());
		List<InternalEvent> events = new ArrayList<>(rows.size());
		for (StateRow row : rows) {
			OrderHistory orders = FeatureState.decode(row.state()).purchase().orderHistory();
			StateRow next = new StateRow(row.profile(), row.state(), LifecycleRules.stageAt(orders, now),
					LifecycleRules.nextChange(orders, now));
			updated.add(next);
			if (next.stage() != row.stage()) {
				events.add(event(row, next.stage(), now));
			}
		}
		this.stateRepository.update(tenant, updated);
		if (!events.isEmpty()) {
			this.recorder.record(tenant, events);
		}
		this.changed.increment(events.size());
	}

	/**
	 * The message id identifies the change, so the event of a repeated sweep is dropped
	 * as a duplicate.
	 */
	private static InternalEvent event(StateRow row, LifecycleStage to, Instant now) {
		@Nullable Instant due = row.nextStageAt();
		String id = "lifecycle:%s:%s:%d".formatted(row.profile(), to, (due != null) ? due.toEpochMilli() : 0);
		return new InternalEvent(row.profile(), EVENT, Map.of("from", row.stage().name(), "to", to.name()), now, id);
	}

	private static Map<TenantId, List<StateRow>> byTenant(List<DueState> due) {
		Map<TenantId, List<StateRow>> rows = new LinkedHashMap<>();
		due.forEach((one) -> rows.computeIfAbsent(one.tenant(), (tenant) -> new ArrayList<>()).add(one.row()));
		return rows;
	}

}
