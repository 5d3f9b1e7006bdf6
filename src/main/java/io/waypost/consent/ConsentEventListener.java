package io.waypost.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.consent.ConsentRecord.Key;
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
 * Puts the answers that events carry on record, inside the transaction that stores the
 * events.
 */
@Component
class ConsentEventListener {

	static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

	private static final String ACTOR = "system:events";

	private final Consents consents;

	private final ConsentRepository rows;

	private final Topics topics;

	ConsentEventListener(Consents consents, ConsentRepository rows, Topics topics) {
		this.consents = consents;
		this.rows = rows;
		this.topics = topics;
	}

	@EventListener
	@Order(40)
	void on(EventsRecorded recorded) {
		List<ConsentChange> changes = new ArrayList<>();
		List<Event> fromEverything = new ArrayList<>();
		for (Event event : recorded.events()) {
			if ("identify".equals(event.type())) {
				addPreferences(event, changes);
			}
			else if ("track".equals(event.type()) && "Unsubscribed".equals(event.name())) {
				String topic = event.properties().path("topic").asText("");
				if (TOPIC.matcher(topic).matches()) {
					changes.add(change(event, topic, ConsentStatus.REVOKED));
				}
				else {
					fromEverything.add(event);
				}
			}
		}
		if (!fromEverything.isEmpty()) {
			revokeEverything(recorded.tenant(), fromEverything, changes);
		}
		this.consents.record(recorded.tenant(), ACTOR, changes);
	}

	/** What the absorbed profile answered counts for the survivor. */
	@EventListener
	@Order(40)
	void on(ProfilesMerged merged) {
		Map<ProfileId, ProfileId> survivors = new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
		for (Merge merge : merged.merges()) {
			survivors
				.replaceAll((absorbed, survivor) -> survivor.equals(merge.absorbed()) ? merge.survivor() : survivor);
			survivors.put(merge.absorbed(), merge.survivor());
		}
		survivors.entrySet().removeIf((entry) -> entry.getKey().equals(entry.getValue()));
		Set<ProfileId> involved = new HashSet<>(survivors.keySet());
		involved.addAll(survivors.values());
		if (!this.rows.lockAllTopics(merged.tenant(), involved).isEmpty()) {
			this.rows.moveToSurvivors(merged.tenant(),
					survivors.entrySet().stream().map((entry) -> new Merge(entry.getValue(), entry.getKey())).toList());
		}
	}

	private static void addPreferences(Event event, List<ConsentChange> changes) {
		JsonNode preferences = event.context().path("consent").path("categoryPreferences");
		preferences.properties().forEach((preference) -> {
			if (preference.getValue().isBoolean() && TOPIC.matcher(preference.getKey()).matches()) {
				boolean yes = preference.getValue().booleanValue();
				changes.add(change(event, preference.getKey(), yes ? ConsentStatus.GRANTED : ConsentStatus.DENIED));
			}
		});
	}

	/**
	 * Everything is every topic the tenant has and every one the person ever answered.
	 */
	private void revokeEverything(TenantId tenant, List<Event> events, List<ConsentChange> changes) {
		Map<Boolean, Set<String>> known = this.topics.of(tenant)
			.stream()
			.collect(Collectors.partitioningBy(Topic::transactional,
					Collectors.mapping(Topic::key, Collectors.toCollection(TreeSet::new))));
		Set<String> transactional = known.getOrDefault(true, Set.of());
		Set<Key> answered = this.rows.lockAllTopics(tenant, events.stream().map(Event::profile).distinct().toList())
			.keySet();
		for (Event event : events) {
			Set<String> topics = new TreeSet<>(known.getOrDefault(false, Set.of()));
			answered.stream()
				.filter((key) -> key.profile().equals(event.profile()))
				.map(Key::topic)
				.forEach(topics::add);
			topics.removeAll(transactional);
			topics.forEach((topic) -> changes.add(change(event, topic, ConsentStatus.REVOKED)));
		}
	}

	private static ConsentChange change(Event event, String topic, ConsentStatus status) {
		Instant at = event.occurredAt().isBefore(event.receivedAt()) ? event.occurredAt() : event.receivedAt();
		return new ConsentChange(event.profile(), topic, status, null,
				new ConsentEvidence(source(event) + ":" + event.id(), null, null, null, at));
	}

	/** A file of people says of itself that it is one. */
	private static String source(Event event) {
		boolean imported = ConsentEvidence.IMPORT.equals(event.context().path("consent").path("source").asText());
		return imported ? ConsentEvidence.IMPORT : "event";
	}

}
