package io.waypost.feature.update;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Folds new events into the stored states, inside the transaction that stores the events:
 * lock, fold in memory, write what changed. Two or three statements a batch.
 */
@Component
public class FeatureUpdateListener {

	private static final Duration LATELY = Duration.ofDays(1);

	private final FeatureStateRepository states;

	private final Clock clock;

	private final Counter written;

	private final Counter unchanged;

	public FeatureUpdateListener(FeatureStateRepository states, Clock clock, MeterRegistry meters) {
		this.states = states;
		this.clock = clock;
		this.written = meters.counter("waypost.feature.state.fold", "outcome", "written");
		this.unchanged = meters.counter("waypost.feature.state.fold", "outcome", "unchanged");
	}

	@EventListener
	@Order(40)
	public void on(EventsRecorded recorded) {
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
		Map<ProfileId, ProfileId> survivors = survivors(merged.merges());
		Set<ProfileId> involved = new HashSet<>(survivors.keySet());
		involved.addAll(survivors.values());
		this.states.lock(merged.tenant(), involved);
		Map<ProfileId, Consumer<FeatureState>> changes = new HashMap<>();
		this.states.remove(merged.tenant(), survivors.keySet())
			.forEach((absorbed, bytes) -> changes.merge(survivors.getOrDefault(absorbed, absorbed),
					(state) -> state.merge(FeatureState.decode(bytes)), Consumer::andThen));
		change(merged.tenant(), changes);
	}

	/** Absorbed profile to the profile that is left at the end of its chain of merges. */
	private static Map<ProfileId, ProfileId> survivors(Collection<Merge> merges) {
		Map<ProfileId, ProfileId> survivors = new LinkedHashMap<>();
		for (Merge merge : merges) {
			survivors
				.replaceAll((absorbed, survivor) -> survivor.equals(merge.absorbed()) ? merge.survivor() : survivor);
			survivors.put(merge.absorbed(), merge.survivor());
		}
		survivors.entrySet().removeIf((entry) -> entry.getKey().equals(entry.getValue()));
		return survivors;
	}

	/**
	 * Changes states. A profile that had none is inserted; when another transaction has
	 * just inserted it, the change is made again on top of that.
	 */
	private void change(TenantId tenant, Map<ProfileId, Consumer<FeatureState>> changes) {
		if (changes.isEmpty()) {
			return;
		}
		Map<ProfileId, StateRow> stored = this.states.lock(tenant, changes.keySet());
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
			this.states.update(tenant, updates);
		}
		if (!inserts.isEmpty()) {
			inserts.sort(FeatureStateRepository.BY_PROFILE);
			Set<ProfileId> inserted = this.states.insert(tenant, inserts);
			Map<ProfileId, Consumer<FeatureState>> overtaken = new HashMap<>(changes);
			overtaken.keySet().retainAll(inserts.stream().map(StateRow::profile).toList());
			overtaken.keySet().removeAll(inserted);
			change(tenant, overtaken);
		}
	}

	/** The row itself when the change changes nothing, so that nothing is written. */
	private static StateRow changed(StateRow before, Consumer<FeatureState> change, Instant now) {
		FeatureState state = FeatureState.decode(before.state());
		OrderHistory rhythm = state.purchase().orderHistory();
		change.accept(state);
		byte[] encoded = state.encode();
		if (Arrays.equals(encoded, before.state())) {
			return before;
		}
		OrderHistory after = state.purchase().orderHistory();
		return after.equals(rhythm) ? new StateRow(before.profile(), encoded, before.stage(), before.nextStageAt())
				: staged(before, encoded, rhythm, after, now);
	}

	/**
	 * Nobody is told here: a row whose stage was changed by an order keeps the one that
	 * others know and is due, so that the lifecycle sweep announces it like a change by
	 * time. Orders of the past change it in silence: history is no reason to write to
	 * anybody. What the sweep has yet to announce stays due.
	 */
	private static StateRow staged(StateRow before, byte[] encoded, OrderHistory rhythmBefore, OrderHistory rhythm,
			Instant now) {
		LifecycleStage stage = LifecycleRules.stageAt(rhythm, now);
		Instant due = before.nextStageAt();
		boolean overdue = due != null && !due.isAfter(now);
		boolean lately = rhythm.lastAt() > now.minus(LATELY).toEpochMilli();
		boolean tell = stage.isQuiet() ? overdue && LifecycleRules.stageAt(rhythmBefore, now).isQuiet()
				: stage != before.stage() && lately;
		return tell ? new StateRow(before.profile(), encoded, before.stage(), (due != null && overdue) ? due : now)
				: new StateRow(before.profile(), encoded, stage, LifecycleRules.nextChange(rhythm, now));
	}

	private void count(int all, int changed) {
		this.written.increment(changed);
		this.unchanged.increment(all - changed);
	}

}
