package io.waypost.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.waypost.agent.timing.SendWindow;
import io.waypost.agent.timing.Throttling;
import io.waypost.consent.SendPermission;
import io.waypost.consent.SendPermissionEvaluator;
import io.waypost.delivery.Deliveries;
import io.waypost.delivery.RecentSendCounts;
import io.waypost.feature.FeatureStore;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Asks whether and when each message may be sent. */
@Component
public class SendGate {

	private final SendPermissionEvaluator permissions;

	private final Deliveries deliveries;

	private final Throttling throttling;

	private final AgentSettings settings;

	private final RouteMetrics outcomes;

	private final Clock clock;

	SendGate(SendPermissionEvaluator permissions, Deliveries deliveries, Throttling throttling, AgentSettings settings,
			RouteMetrics outcomes, Clock clock) {
		this.permissions = permissions;
		this.deliveries = deliveries;
		this.throttling = throttling;
		this.settings = settings;
		this.outcomes = outcomes;
		this.clock = clock;
	}

	/**
	 * Decides permission; a message without it is routed to STOP with its reason.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch permit(Batch batch) {
		Map<String, Map<ProfileId, SendPermission>> byTopic = new HashMap<>();
		batch.active()
			.stream()
			.collect(Collectors.groupingBy((message) -> message.send().topic(),
					Collectors.mapping((message) -> message.send().profile(), Collectors.toSet())))
			.forEach((topic, people) -> byTopic.put(topic, permissions(batch, topic, people)));
		return this.outcomes.count("permission", batch.mapActive((message) -> permitted(message,
				byTopic.getOrDefault(message.send().topic(), Map.of()).get(message.send().profile()))));
	}

	/**
	 * Decides quiet hours and frequency: CONTINUE, DEFER with the next window, or STOP.
	 * Until the transaction ends, nobody else decides it about a message to these people.
	 * @param batch the messages in hand; one that was held for review may be among them
	 * and does not count against itself
	 * @return the same messages, further on
	 */
	public Batch throttle(Batch batch) {
		this.deliveries.lockFrequencyCap(batch.tenant(), people(batch));
		return previewThrottle(batch);
	}

	private static List<ProfileId> people(Batch batch) {
		return batch.active()
			.stream()
			.map((message) -> message.send().profile())
			.distinct()
			.sorted(Comparator.comparing(ProfileId::value))
			.toList();
	}

	/** The same without taking turns, for what queues nothing. */
	public Batch previewThrottle(Batch batch) {
		List<SendId> own = batch.active().stream().map((message) -> message.send().id()).toList();
		Map<ProfileId, RecentSendCounts> sent = this.deliveries.countRecent(batch.tenant(), people(batch), own,
				this.clock.instant());
		return this.outcomes.count("throttling",
				batch.mapActive((message) -> throttled(message, zone(batch.recipients(), message),
						sent.getOrDefault(message.send().profile(), RecentSendCounts.NONE))));
	}

	/** The dispatcher has the last word, right before the message goes out. */
	private Map<ProfileId, SendPermission> permissions(Batch batch, String topic, Set<ProfileId> people) {
		Map<ProfileId, Profile> known = new HashMap<>(batch.recipients().profiles());
		known.keySet().retainAll(people);
		return this.permissions.preview(batch.tenant(), topic, people, known);
	}

	/** No answer is no permission. */
	private Message permitted(Message message, @Nullable SendPermission permission) {
		return switch (permission) {
			case null -> message.routed(Route.STOP, "unknown");
			case SendPermission.Granted granted -> message
				.explained("permission",
						ExplanationSections.permission("GRANTED", null, granted.decision(), this.clock.instant()))
				.routed(Route.CONTINUE, null);
			case SendPermission.Withheld withheld ->
				message
					.explained("permission",
							ExplanationSections.permission("WITHHELD", withheld.reason(), withheld.decision(),
									this.clock.instant()))
					.routed(Route.STOP, withheld.reason());
		};
	}

	private Message throttled(Message message, ZoneId zone, RecentSendCounts sent) {
		Instant now = this.clock.instant();
		Throttling.ThrottlingInput question = new Throttling.ThrottlingInput(message.send().topic(),
				this.throttling.localHour(now, zone), sent, message.deferrals());
		Throttling.ThrottlingResult ruling = this.throttling.evaluate(question);
		Map<String, Object> section = ruling.explained(question, zone);
		return switch (ruling.action()) {
			case SEND -> message.explained("throttling", section).routed(Route.CONTINUE, null);
			case STOP -> message.explained("throttling", section).routed(Route.STOP, ruling.reason());
			case DEFER -> {
				Instant until = SendWindow.next(now, zone, ruling.resumeHour());
				section.put("deferrals", message.deferrals() + 1);
				section.put("until", until.toString());
				yield message.explained("throttling", section).deferred(until, ruling.reason());
			}
		};
	}

	private ZoneId zone(Recipients recipients, Message message) {
		return this.settings.zone(recipients.profile(message).orElse(null), recipients.features(message).orElse(null));
	}

}
