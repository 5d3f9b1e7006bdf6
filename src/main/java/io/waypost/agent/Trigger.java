package io.waypost.agent;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.agent.trigger.RecheckResult;
import io.waypost.agent.trigger.TriggerMatch;
import io.waypost.agent.trigger.TriggerRecheck;
import io.waypost.agent.trigger.TriggerRule;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.policy.DecisionResult;
import io.waypost.policy.DecisionTableEvaluator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** Matches events with journeys, by the decision table {@code dmn/trigger-rules.dmn}. */
@Component
public class Trigger {

	private static final Logger log = LoggerFactory.getLogger(Trigger.class);

	private static final String TABLE = "trigger-rules";

	private final DecisionTableEvaluator decisions;

	private final FeatureStore features;

	private final Profiles profiles;

	private final TriggerRecheck triggerRecheck = new TriggerRecheck();

	private final Ledger ledger;

	private final RouteMetrics outcomes;

	private final AgentSettings settings;

	private final Clock clock;

	/** Invalid rules that were already reported; each is reported once. */
	private final Set<String> reported = ConcurrentHashMap.newKeySet();

	Trigger(DecisionTableEvaluator decisions, FeatureStore features, Profiles profiles, Ledger ledger,
			RouteMetrics outcomes, AgentSettings settings, Clock clock) {
		this.decisions = decisions;
		this.features = features;
		this.profiles = profiles;
		this.ledger = ledger;
		this.outcomes = outcomes;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Matches events with the rules.
	 * @param tenant the tenant
	 * @param events new events, ordered by time
	 * @return the matches in the same order
	 */
	public List<TriggerMatch> match(TenantId tenant, List<Event> events) {
		List<Event> candidates = candidates(tenant, events);
		if (candidates.isEmpty()) {
			return List.of();
		}
		List<ProfileId> ids = candidates.stream().map(Event::profile).distinct().toList();
		Map<ProfileId, Features> features = this.features.online(tenant, ids);
		Map<ProfileId, Profile> profiles = this.profiles.read(tenant, ids);
		List<TriggerMatch> matches = new ArrayList<>();
		for (Event event : candidates) {
			DecisionResult result = this.decisions.evaluate(tenant, TABLE,
					inputs(event, features.get(event.profile()), profiles.get(event.profile())));
			for (int index = 0; index < result.outcomes().size(); index++) {
				match(tenant, new TriggerRule(result, index), event, matches);
			}
		}
		return matches;
	}

	/**
	 * Checks after a wait whether the triggers of journeys are still valid: the cart
	 * still has items, there was no order since, an inactive customer is still inactive.
	 * @param tenant the tenant
	 * @param requests the requests that the journeys are about to make
	 * @return a result for each request, in the same order
	 */
	public List<RecheckResult> recheck(TenantId tenant, List<MessageRequest> requests) {
		Collection<ProfileId> ids = requests.stream().map(MessageRequest::profile).distinct().toList();
		Map<ProfileId, Features> features = this.features.online(tenant, ids);
		return requests.stream()
			.map((request) -> this.triggerRecheck.recheck(request, features.get(request.profile())))
			.toList();
	}

	/**
	 * Selects the events that may match. Events whose name is in no rule cost one look-up
	 * and no query. Events that arrive too late are ignored as well; their effect on
	 * features is checked again before a journey sends.
	 */
	private List<Event> candidates(TenantId tenant, List<Event> events) {
		Set<String> eventNames = this.decisions.literals(tenant, TABLE, "event").orElse(null);
		return events.stream()
			.filter((event) -> event.type().equals("track")
					&& (eventNames == null || eventNames.contains(event.name())))
			.filter(this::isTimely)
			.toList();
	}

	private boolean isTimely(Event event) {
		return !event.occurredAt().plus(this.settings.maxTriggerAge()).isBefore(event.receivedAt());
	}

	private void match(TenantId tenant, TriggerRule rule, Event event, List<TriggerMatch> matches) {
		try {
			matches.add(rule.match(event));
			this.outcomes.count("trigger", "matched");
		}
		catch (IllegalArgumentException ex) {
			this.outcomes.count("trigger", "row_refused");
			reject(tenant, rule, ex);
		}
	}

	/** An invalid rule affects only itself; it is reported in the log and the ledger. */
	private void reject(TenantId tenant, TriggerRule rule, IllegalArgumentException cause) {
		int version = rule.result().version();
		if (this.reported.add(tenant + "/" + version + '/' + rule.rule())) {
			log.error("Rule {} of table '{}' version {} cannot be used: {}", rule.rule(), TABLE, version,
					cause.getMessage());
			this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), "table.row_refused",
					"table:" + TABLE, "agent:trigger",
					Map.of("version", version, "rule", rule.rule(), "why", String.valueOf(cause.getMessage())))));
		}
	}

	private static Map<String, @Nullable Object> inputs(Event event, @Nullable Features features,
			@Nullable Profile profile) {
		Map<String, @Nullable Object> inputs = new HashMap<>();
		inputs.put("event", event.name());
		inputs.put("orderCount",
				(features != null) ? Math.toIntExact(Math.min(features.orderCount(), Integer.MAX_VALUE)) : 0);
		inputs.put("lifecycleStage", (features != null) ? features.lifecycleStage().name() : "PROSPECT");
		inputs.put("addressKnown", profile != null && profile.addressHash() != null);
		return inputs;
	}

}
