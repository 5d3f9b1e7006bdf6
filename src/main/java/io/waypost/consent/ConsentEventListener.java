package io.waypost.consent;

import java.time.DateTimeException;
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
import io.waypost.access.RequestTime;
import io.waypost.consent.ConsentRecord.Key;
import io.waypost.identity.ProfilesMerged;
import io.waypost.identity.ProfilesMerged.Merge;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Records the answers that events carry, inside the transaction that stores the events:
 * consent objects of {@code identify} calls, {@code Unsubscribed} events and complaints.
 */
@Component
class ConsentEventListener {

	static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

	private static final int MAX_SOURCE = 100;

	private static final int MAX_TEXT = 4000;

	/** Actor of answers that events carry. */
	static final String ACTOR = "system:events";

	private final Consents consents;

	private final ConsentRepository repository;

	private final AddressConsents addresses;

	private final Topics topics;

	ConsentEventListener(Consents consents, ConsentRepository repository, AddressConsents addresses, Topics topics) {
		this.consents = consents;
		this.repository = repository;
		this.addresses = addresses;
		this.topics = topics;
	}

	@EventListener
	@Order(40)
	void on(EventsRecorded recorded) {
		this.addresses.lock(recorded.tenant(),
				recorded.events()
					.stream()
					.filter((event) -> isComplaint(event) || isUnsubscription(event))
					.map(Event::profile)
					.collect(Collectors.toSet()));
		List<ConsentChange> changes = new ArrayList<>();
		List<Event> withoutTopic = new ArrayList<>();
		for (Event event : recorded.events()) {
			if ("identify".equals(event.type())) {
				addPreferences(event, changes);
			}
			else if (isComplaint(event)) {
				withoutTopic.add(event);
			}
			else if (isUnsubscription(event)) {
				String topic = event.properties().path("topic").asText("");
				if (TOPIC.matcher(topic).matches()) {
					changes.add(change(event, topic, ConsentStatus.REVOKED));
				}
				else {
					withoutTopic.add(event);
				}
			}
		}
		if (!withoutTopic.isEmpty()) {
			revokeAllTopics(recorded.tenant(), withoutTopic, changes);
		}
		// An event can state that a profile with an opt-in belongs to an erased person
		this.consents.deleteErasedOptIns(recorded.tenant(),
				recorded.events().stream().map(Event::profile).collect(Collectors.toSet()));
		this.consents.record(recorded.tenant(), ACTOR, changes);
	}

	/** Moves the answers of absorbed profiles to their survivors. */
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
		if (!this.repository.lockAllTopics(merged.tenant(), involved).isEmpty()) {
			this.repository.moveToSurvivors(merged.tenant(),
					survivors.entrySet().stream().map((entry) -> new Merge(entry.getValue(), entry.getKey())).toList());
			this.consents.deleteErasedOptIns(merged.tenant(), Set.copyOf(survivors.values()));
		}
	}

	/**
	 * A complaint that a source reports, for example from another e-mail provider, is an
	 * objection to all topics. A reported bounce changes nothing: the event does not say
	 * whether it is permanent. Signed webhooks of providers do, see the feedback module.
	 */
	private static boolean isComplaint(Event event) {
		return "track".equals(event.type()) && "Email Marked as Spam".equals(event.name());
	}

	private static boolean isUnsubscription(Event event) {
		return "track".equals(event.type()) && "Unsubscribed".equals(event.name());
	}

	private static void addPreferences(Event event, List<ConsentChange> changes) {
		JsonNode preferences = event.context().path("consent").path("categoryPreferences");
		preferences.properties().forEach((preference) -> {
			if (preference.getValue().isBoolean() && TOPIC.matcher(preference.getKey()).matches()) {
				boolean granted = preference.getValue().booleanValue();
				changes.add(granted ? grant(event, preference.getKey())
						: change(event, preference.getKey(), ConsentStatus.DENIED));
			}
		});
	}

	/**
	 * Revokes all topics of the tenant and all that the person ever answered, except
	 * transactional ones.
	 */
	private void revokeAllTopics(TenantId tenant, List<Event> events, List<ConsentChange> changes) {
		Map<Boolean, Set<String>> known = this.topics.of(tenant)
			.stream()
			.collect(Collectors.partitioningBy(Topic::transactional,
					Collectors.mapping(Topic::key, Collectors.toCollection(TreeSet::new))));
		Set<String> transactional = known.getOrDefault(true, Set.of());
		Set<Key> answered = this.repository
			.lockAllTopics(tenant, events.stream().map(Event::profile).distinct().toList())
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

	/**
	 * An opt-in. It is explicit only with evidence for this topic that has the time of
	 * the answer: a source that repeats an old consent object repeats the old time too.
	 */
	private static ConsentChange grant(Event event, String topic) {
		ConsentEvidence evidence = isImported(event) ? null
				: evidence(event.context().path("consent").path("evidence").path(topic), answeredAt(event));
		return (evidence == null) ? change(event, topic, ConsentStatus.GRANTED)
				: new ConsentChange(event.profile(), topic, ConsentStatus.GRANTED, null, evidence);
	}

	private static @Nullable ConsentEvidence evidence(JsonNode stated, Instant latest) {
		String source = text(stated.path("source"), MAX_SOURCE);
		String text = text(stated.path("text"), MAX_TEXT);
		Instant at = time(stated.path("at").asText());
		return (source == null || text == null || at == null || at.isAfter(latest)) ? null
				: new ConsentEvidence(source, text, text(stated.path("textVersion"), MAX_SOURCE), null, at);
	}

	private static @Nullable String text(JsonNode value, int maxLength) {
		String text = value.asText();
		return (value.isTextual() && !text.isBlank() && text.length() <= maxLength) ? text : null;
	}

	private static @Nullable Instant time(String text) {
		try {
			return RequestTime.parse(text);
		}
		catch (DateTimeException notATime) {
			return null;
		}
	}

	private static ConsentChange change(Event event, String topic, ConsentStatus status) {
		return new ConsentChange(event.profile(), topic, status, null,
				new ConsentEvidence(source(event) + ":" + event.id(), null, null, null, answeredAt(event)));
	}

	private static Instant answeredAt(Event event) {
		return event.occurredAt().isBefore(event.receivedAt()) ? event.occurredAt() : event.receivedAt();
	}

	private static String source(Event event) {
		return isImported(event) ? ConsentEvidence.IMPORT : "event";
	}

	private static boolean isImported(Event event) {
		return ConsentEvidence.IMPORT.equals(event.context().path("consent").path("source").asText());
	}

}
