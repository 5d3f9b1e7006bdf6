package io.waypost.agent;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.waypost.agent.decide.RecipientDecider;
import io.waypost.agent.decide.RecipientFacts;
import io.waypost.agent.timing.QuietHoursAndCaps;
import io.waypost.agent.timing.SendTimeSelector;
import io.waypost.consent.SendPermission;
import io.waypost.consent.SendPermissionEvaluator;
import io.waypost.delivery.RecentSendCounts;
import io.waypost.delivery.RecentSends;
import io.waypost.identity.Profile;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;

import org.springframework.stereotype.Component;

/** Decides whether and when each message of a batch may be sent. */
@Component
public class SendDecisions {

	private final SendPermissionEvaluator permissions;

	private final RecentSends recent;

	private final QuietHoursAndCaps throttling;

	private final AgentSettings settings;

	private final RouteMetrics outcomes;

	private final Clock clock;

	SendDecisions(SendPermissionEvaluator permissions, RecentSends recent, QuietHoursAndCaps throttling,
			AgentSettings settings, RouteMetrics outcomes, Clock clock) {
		this.permissions = permissions;
		this.recent = recent;
		this.throttling = throttling;
		this.settings = settings;
		this.outcomes = outcomes;
		this.clock = clock;
	}

	/**
	 * Decides permission; a message without it is routed to STOP with its reason.
	 * @param batch the messages
	 * @return the same messages with their route
	 */
	public Batch permit(Batch batch) {
		return this.outcomes.count("permission", previewPermission(batch));
	}

	/**
	 * Decides quiet hours and frequency caps: CONTINUE, DEFER with the next window, or
	 * STOP. Locks the recipients until the transaction ends, so that concurrent decisions
	 * about them wait.
	 * @param batch the messages; a flagged message does not count towards its own
	 * frequency cap
	 * @return the same messages with their route
	 */
	public Batch throttle(Batch batch) {
		this.recent.lockFrequencyCap(batch.tenant(), recipients(batch));
		QueueCheck.CheckedWindows.add(batch.active().stream().map((message) -> message.send().id()).toList());
		return this.outcomes.count("throttling", previewWindow(batch));
	}

	/**
	 * Like {@link #permit}, without metrics. The dispatcher checks permission again
	 * before sending.
	 */
	public Batch previewPermission(Batch batch) {
		Instant now = this.clock.instant();
		Map<String, Map<ProfileId, SendPermission>> byTopic = new HashMap<>();
		batch.active()
			.stream()
			.collect(Collectors.groupingBy((message) -> message.send().topic(),
					Collectors.mapping((message) -> message.send().profile(), Collectors.toSet())))
			.forEach((topic, ids) -> byTopic.put(topic, permissions(batch, topic, ids)));
		return batch.mapActive((message) -> routed(message, RecipientDecider
			.permission(byTopic.getOrDefault(message.send().topic(), Map.of()).get(message.send().profile()), now)));
	}

	/** Like {@link #throttle}, without metrics and without the lock. */
	public Batch previewWindow(Batch batch) {
		Instant now = this.clock.instant();
		List<SendId> own = batch.active().stream().map((message) -> message.send().id()).toList();
		Map<ProfileId, RecentSendCounts> sent = this.recent.count(batch.tenant(), recipients(batch), own, now);
		Map<String, RecipientDecider> byTopic = new HashMap<>();
		return batch
			.mapActive((message) -> routed(message, byTopic
				.computeIfAbsent(message.send().topic(),
						(topic) -> new RecipientDecider(
								new SendTimeSelector(batch.tenant(), topic, now, this.throttling), this.settings, now))
				.sendWindow(facts(batch.recipients(), message, sent))));
	}

	private static RecipientFacts facts(Recipients recipients, Message message, Map<ProfileId, RecentSendCounts> sent) {
		ProfileId recipient = recipient(recipients, message);
		return new RecipientFacts(recipient, recipients.profile(message).orElse(null),
				recipients.features(message).orElse(null), null, sent.getOrDefault(recipient, RecentSendCounts.NONE),
				message.deferrals());
	}

	private static Message routed(Message message, RecipientDecision decision) {
		Message explained = message;
		for (Map.Entry<String, Object> section : decision.explanation().entrySet()) {
			explained = explained.explained(section.getKey(), section.getValue());
		}
		return switch (decision) {
			// Never loosens a route, for example that of an inspection before this step
			case RecipientDecision.Send send ->
				(message.route() == Route.CONTINUE) ? explained.routed(Route.CONTINUE, null) : explained;
			case RecipientDecision.Withhold withhold -> explained.routed(Route.STOP, withhold.reason());
			case RecipientDecision.Defer defer -> explained.deferred(defer.until(), defer.reason());
		};
	}

	private Map<ProfileId, SendPermission> permissions(Batch batch, String topic, Set<ProfileId> ids) {
		Map<ProfileId, Profile> profiles = new HashMap<>(batch.recipients().profiles());
		profiles.keySet().retainAll(ids);
		return this.permissions.preview(batch.tenant(), topic, ids, profiles);
	}

	/** Returns the recipients after all merges, in the order of the locks. */
	private static List<ProfileId> recipients(Batch batch) {
		return batch.active()
			.stream()
			.map((message) -> recipient(batch.recipients(), message))
			.distinct()
			.sorted(Comparator.comparing(ProfileId::value))
			.toList();
	}

	private static ProfileId recipient(Recipients recipients, Message message) {
		return recipients.profile(message).map(Profile::id).orElseGet(() -> message.send().profile());
	}

}
