package io.waypost.feature.update;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.feature.LifecycleStage;
import io.waypost.feature.lifecycle.LifecycleRules;
import io.waypost.feature.state.FeatureState;
import io.waypost.feature.state.FeatureStateRepository;
import io.waypost.feature.state.FeatureStateRepository.StateRow;
import io.waypost.feature.state.PurchaseState.OrderHistory;
import io.waypost.identity.ProfilesMerged;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Updates feature states with new events, in the transaction that stores the events:
 * locks the rows, applies the events in memory and writes changed rows. It executes two
 * or three statements per batch.
 */
@Component
class FeatureUpdateListener {

	private static final Duration RECENT = Duration.ofDays(1);

	private final FeatureStateRepository stateRepository;

	private final Clock clock;

	private final Counter written;

	private final Counter unchanged;

	FeatureUpdateListener(FeatureStateRepository stateRepository, Clock clock, MeterRegistry meters) {
		this.stateRepository = stateRepository;
		this.clock = clock;
		this.written = meters.counter("waypost.feature.state.update", "outcome", "written");
		this.unchanged = meters.counter("waypost.feature.state.update", "outcome", "unchanged");
	}

	@EventListener
	@Order(40)
	void on(EventsRecorded recorded) {
		Map<ProfileId, List<Event>> byProfile = new HashMap<>();
		for (Event event : recorded.events()) {
			if (FeatureState.isRelevant(event)) {
				byProfile.computeIfAbsent(event.profile(), (profile) -> new ArrayList<>(4)).add(event);
			}
		}
		Map<ProfileId, Consumer<FeatureState>> changes = HashMap.newHashMap(byProfile.size());
		byProfile.forEach((profile, events) -> changes.put(profile, (state) -> events.forEach(state::apply)));
		change(recorded.tenant(), changes);
	}

	@EventListener
	@Order(40)
	void on(ProfilesMerged merged) {
		Map<ProfileId, ProfileId> survivors = merged.survivors();
		Set<ProfileId> involved = new HashSet<>(survivors.keySet());
		involved.addAll(survivors.values());
		this.stateRepository.lock(merged.tenant(), involved);
		Map<ProfileId, Consumer<FeatureState>> changes = new HashMap<>();
		this.stateRepository.remove(merged.tenant(), survivors.keySet())
			.forEach((absorbed, bytes) -> changes.merge(survivors.getOrDefault(absorbed, absorbed),
					(state) -> state.merge(FeatureState.decode(bytes)), Consumer::andThen));
		change(merged.tenant(), changes);
	}

	/**
	 * Changes states. A profile without a row is inserted; if another transaction has
	 * just inserted it, the change is applied to that row.
	 */
	private void change(TenantId tenant, Map<ProfileId, Consumer<FeatureState>> changes) {
		if (changes.isEmpty()) {
			return;
		}
		Map<ProfileId, StateRow> stored = this.stateRepository.lock(tenant, changes.keySet());
		List<StateRow> updates = new ArrayList<>();
		List<StateRow> inserts = new ArrayList<>();
		Instant now = this.clock.instant();
		changes.forEach((profile, change) -> {
			StateRow before = stored.getOrDefault(profile, FeatureStateRepository.empty(profile));
			StateRow after = changed(before, change, now);
			if (after != before) {
				(stored.containsKey(profile) ? updates : inserts).add(after);
			}
		});
		count(changes.size(), updates.size() + inserts.size());
		write(tenant, changes, updates, inserts);
	}

	private void write(TenantId tenant, Map<ProfileId, Consumer<FeatureState>> changes, List<StateRow> updates,
			List<StateRow> inserts) {
		if (!updates.isEmpty()) {
			this.stateRepository.update(tenant, updates);
		}
		if (!inserts.isEmpty()) {
			inserts.sort(FeatureStateRepository.BY_PROFILE);
			Set<ProfileId> inserted = this.stateRepository.insert(tenant, inserts);
			Map<ProfileId, Consumer<FeatureState>> conflicting = new HashMap<>(changes);
			conflicting.keySet().retainAll(inserts.stream().map(StateRow::profile).toList());
			conflicting.keySet().removeAll(inserted);
			change(tenant, conflicting);
		}
	}

	/** Returns the row itself if nothing changed, so that nothing is written. */
	private static StateRow changed(StateRow before, Consumer<FeatureState> change, Instant now) {
		FeatureState state = FeatureState.decode(before.state());
		OrderHistory orders = state.purchase().orderHistory();
		change.accept(state);
		byte[] encoded = state.encode();
		if (Arrays.equals(encoded, before.state())) {
			return before;
		}
		OrderHistory after = state.purchase().orderHistory();
		return after.equals(orders) ? new StateRow(before.profile(), encoded, before.stage(), before.nextStageAt())
				: staged(before, encoded, orders, after, now);
	}

	/**
	 * Schedules the announcement of a stage changed by an order: the row keeps the
	 * announced stage and becomes due, so that the lifecycle sweep announces the change
	 * like one by time. Imported orders of the past change the stage without an
	 * announcement, because they must not start journeys. Changes that are already due
	 * stay due.
	 */
	private static StateRow staged(StateRow before, byte[] encoded, OrderHistory ordersBefore, OrderHistory orders,
			Instant now) {
		LifecycleStage stage = LifecycleRules.stageAt(orders, now);
		Instant due = before.nextStageAt();
		boolean overdue = due != null && !due.isAfter(now);
		boolean recent = orders.lastAt() > now.minus(RECENT).toEpochMilli();
		boolean announce = stage.isQuiet() ? overdue && LifecycleRules.stageAt(ordersBefore, now).isQuiet()
				: stage != before.stage() && recent;
		return announce ? new StateRow(before.profile(), encoded, before.stage(), (due != null && overdue) ? due : now)
				: new StateRow(before.profile(), encoded, stage, LifecycleRules.nextChange(orders, now));
	}

	private void count(int all, int changed) {
		this.written.increment(changed);
		this.unchanged.increment(all - changed);
	}

}
