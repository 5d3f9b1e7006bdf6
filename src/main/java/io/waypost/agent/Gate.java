package io.waypost.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.waypost.consent.Permission;
import io.waypost.consent.PermissionGate;
import io.waypost.delivery.Deliveries;
import io.waypost.delivery.RecentSends;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.policy.Decisions;
import io.waypost.policy.Verdict;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Asks whether and when each message may be sent. */
@Component
public class Gate {

	/** In fast time it is always the middle of the day. */
	private static final int NOON = 12;

	private final PermissionGate permissions;

	private final Deliveries deliveries;

	private final Decisions decisions;

	private final AgentSettings settings;

	private final boolean fastTime;

	private final RouteCounts outcomes;

	private final Clock clock;

	Gate(PermissionGate permissions, Deliveries deliveries, Decisions decisions, AgentSettings settings,
			@Value("${waypost.fast-time:false}") boolean fastTime, RouteCounts outcomes, Clock clock) {
		this.permissions = permissions;
		this.deliveries = deliveries;
		this.decisions = decisions;
		this.settings = settings;
		this.fastTime = fastTime;
		this.outcomes = outcomes;
		this.clock = clock;
	}

	/**
	 * Decides permission; a message without it is routed to STOP with its reason.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch permit(Batch batch) {
		Map<String, Map<ProfileId, Permission>> byTopic = new HashMap<>();
		batch.inHand()
			.stream()
			.collect(Collectors.groupingBy((message) -> message.send().topic(),
					Collectors.mapping((message) -> message.send().profile(), Collectors.toSet())))
			.forEach((topic, people) -> byTopic.put(topic, foresee(batch, topic, people)));
		return this.outcomes.count("permission", batch.mapInHand((message) -> permitted(message,
				byTopic.getOrDefault(message.send().topic(), Map.of()).get(message.send().profile()))));
	}

	/**
	 * Decides quiet hours and frequency: CONTINUE, DEFER with the next window, or STOP.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch throttle(Batch batch) {
		List<ProfileId> people = batch.inHand().stream().map((message) -> message.send().profile()).distinct().toList();
		Map<ProfileId, RecentSends> sent = this.deliveries.recent(batch.tenant(), people, this.clock.instant());
		return this.outcomes.count("throttling", batch.mapInHand((message) -> throttled(message,
				zone(batch.recipients(), message), sent.getOrDefault(message.send().profile(), RecentSends.NONE))));
	}

	/** The dispatcher has the last word, right before the message goes out. */
	private Map<ProfileId, Permission> foresee(Batch batch, String topic, Set<ProfileId> people) {
		Map<ProfileId, Profile> known = new HashMap<>(batch.recipients().profiles());
		known.keySet().retainAll(people);
		return this.permissions.foresee(batch.tenant(), topic, people, known);
	}

	/** No answer is no permission. */
	private Message permitted(Message message, @Nullable Permission permission) {
		return switch (permission) {
			case null -> message.routed(Route.STOP, "unknown");
			case Permission.Granted granted ->
				message.explained("permission", explained("GRANTED", null, granted.proof()))
					.routed(Route.CONTINUE, null);
			case Permission.Withheld withheld ->
				message.explained("permission", explained("WITHHELD", withheld.reason(), withheld.proof()))
					.routed(Route.STOP, withheld.reason());
		};
	}

	private Map<String, Object> explained(String answer, @Nullable String reason, Permission.Proof proof) {
		Map<String, Object> section = new LinkedHashMap<>();
		section.put("permission", answer);
		Sections.putIfKnown(section, "reason", reason);
		section.put("table", proof.table());
		section.put("version", proof.tableVersion());
		Sections.putIfKnown(section, "versionTag", proof.versionTag());
		section.put("rulesHit", proof.rulesHit());
		Sections.putIfKnown(section, "consentVersion", proof.consentVersion());
		section.put("at", this.clock.instant().toString());
		return section;
	}

	private Message throttled(Message message, ZoneId zone, RecentSends sent) {
		int localHour = this.fastTime ? NOON : SendWindow.localHour(this.clock.instant(), zone);
		Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
		inputs.put("topic", message.send().topic());
		inputs.put("localHour", localHour);
		inputs.put("sentLastDay", sent.lastDay());
		inputs.put("sentLastWeek", sent.lastWeek());
		inputs.put("deferrals", message.deferrals());
		Verdict verdict = this.decisions.evaluate("throttling", inputs);
		Map<String, Object> section = new LinkedHashMap<>(inputs);
		section.put("timeZone", zone.getId());
		section.put("decision", verdict.text("decision"));
		section.put("reason", verdict.text("reason"));
		section.put("table", verdict.table());
		section.putAll(Sections.ruling(verdict));
		return routed(message, zone, verdict, section);
	}

	private Message routed(Message message, ZoneId zone, Verdict verdict, Map<String, Object> section) {
		String reason = verdict.text("reason");
		return switch (verdict.text("decision")) {
			case "SEND" -> message.explained("throttling", section).routed(Route.CONTINUE, null);
			case "STOP" -> message.explained("throttling", section).routed(Route.STOP, reason);
			case "DEFER" -> {
				Instant until = SendWindow.next(this.clock.instant(), zone, resumeHour(verdict));
				section.put("deferrals", message.deferrals() + 1);
				section.put("until", until.toString());
				yield message.explained("throttling", section).deferred(until, reason);
			}
			default -> throw new IllegalStateException(
					"Decision table 'throttling' version %d answers '%s' by rule %s; it must be SEND, DEFER or STOP"
						.formatted(verdict.version(), verdict.text("decision"), verdict.rulesHit()));
		};
	}

	private static int resumeHour(Verdict verdict) {
		if (verdict.single().get("resumeHour") instanceof Number hour && hour.intValue() >= 0 && hour.intValue() < 24) {
			return hour.intValue();
		}
		throw new IllegalStateException(
				"Decision table 'throttling' version %d defers by rule %s without a resumeHour from 0 to 23"
					.formatted(verdict.version(), verdict.rulesHit()));
	}

	/** The zone the person stated, else the one seen in visits, else the tenant's. */
	private ZoneId zone(Recipients recipients, Message message) {
		return recipients.profile(message)
			.map(Profile::timeZone)
			.or(() -> recipients.features(message).map(Features::timeZone))
			.map(ZoneId::of)
			.orElse(this.settings.timeZone());
	}

}
