package io.waypost.agent;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

/** Turns events into journeys by {@code dmn/trigger-rules.dmn}. */
@Component
public class Trigger {

	private static final Logger log = LoggerFactory.getLogger(Trigger.class);

	private static final String TABLE = "trigger-rules";

	private final DecisionTableEvaluator decisions;

	private final FeatureStore features;

	private final Profiles profiles;

	private final TriggerRecheck reconsideration = new TriggerRecheck();

	private final Ledger ledger;

	private final RouteMetrics outcomes;

	private final AgentSettings settings;

	private final Clock clock;

	/** Rows already complained about: a bad cell is told once, not for every event. */
	private final Set<String> refused = ConcurrentHashMap.newKeySet();

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
	 * Matches a batch of events, in order.
	 * @param tenant whose
	 * @param events new events, ordered by time
	 * @return what they ask for, in the same order
	 */
	public List<TriggerMatch> match(TenantId tenant, List<Event> events) {
		List<Event> candidates = candidates(events);
		if (candidates.isEmpty()) {
			return List.of();
		}
		List<ProfileId> people = candidates.stream().map(Event::profile).distinct().toList();
		Map<ProfileId, Features> known = this.features.online(tenant, people);
		Map<ProfileId, Profile> persons = this.profiles.read(tenant, people);
		List<TriggerMatch> matches = new ArrayList<>();
		for (Event event : candidates) {
			DecisionResult verdict = this.decisions.evaluate(TABLE,
					inputs(event, known.get(event.profile()), persons.get(event.profile())));
			for (int index = 0; index < verdict.outcomes().size(); index++) {
				match(tenant, new TriggerRule(verdict, index), event, matches);
			}
		}
		return matches;
	}

	/**
	 * Asks again, after a wait, whether what started a journey still holds: the cart
	 * still has items, nothing was ordered since, a quiet customer is still quiet.
	 * @param tenant whose
	 * @param requests what the journeys are about to ask for
	 * @return an answer for each request, in the same order
	 */
	public List<RecheckResult> recheck(TenantId tenant, List<MessageRequest> requests) {
		Collection<ProfileId> people = requests.stream().map(MessageRequest::profile).distinct().toList();
		Map<ProfileId, Features> known = this.features.online(tenant, people);
		return requests.stream()
			.map((request) -> this.reconsideration.recheck(request, known.get(request.profile())))
			.toList();
	}

	/**
	 * Most events start nothing. Those whose name no rule asks for cost one look-up, and
	 * nothing is read for them. News that comes too late starts and cancels nothing
	 * either; what it tells is asked for again before a journey writes.
	 */
	private List<Event> candidates(List<Event> events) {
		Set<String> asked = this.decisions.literals(TABLE, "event").orElse(null);
		return events.stream()
			.filter((event) -> event.type().equals("track") && (asked == null || asked.contains(event.name())))
			.filter(this::isNews)
			.toList();
	}

	private boolean isNews(Event event) {
		return !event.occurredAt().plus(this.settings.triggerWithin()).isBefore(event.receivedAt());
	}

	private void match(TenantId tenant, TriggerRule row, Event event, List<TriggerMatch> matches) {
		try {
			matches.add(row.match(event));
			this.outcomes.count("trigger", "matched");
		}
		catch (IllegalArgumentException unusable) {
			this.outcomes.count("trigger", "row_refused");
			refuse(tenant, row, unusable);
		}
	}

	/** The analyst's mistake costs this row alone, and is told where analysts look. */
	private void refuse(TenantId tenant, TriggerRule row, IllegalArgumentException why) {
		int version = row.verdict().version();
		if (this.refused.add(tenant + "/" + version + '/' + row.rule())) {
			log.error("Rule {} of table '{}' version {} cannot be used: {}", row.rule(), TABLE, version,
					why.getMessage());
			this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), "table.row_refused",
					"table:" + TABLE, "agent:trigger",
					Map.of("version", version, "rule", row.rule(), "why", String.valueOf(why.getMessage())))));
		}
	}

	private static Map<String, @Nullable Object> inputs(Event event, @Nullable Features known,
			@Nullable Profile person) {
		Map<String, @Nullable Object> inputs = new HashMap<>();
		inputs.put("event", event.name());
		inputs.put("orderCount",
				(known != null) ? Math.toIntExact(Math.min(known.orderCount(), Integer.MAX_VALUE)) : 0);
		inputs.put("lifecycleStage", (known != null) ? known.lifecycleStage().name() : "PROSPECT");
		inputs.put("addressKnown", person != null && person.addressHash() != null);
		return inputs;
	}

}
