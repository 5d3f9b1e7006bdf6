package io.waypost.feedback;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.waypost.consent.AddressRevocation;
import io.waypost.consent.ConsentChange;
import io.waypost.consent.ConsentEvidence;
import io.waypost.consent.ConsentStatus;
import io.waypost.consent.Consents;
import io.waypost.consent.SuppressionReason;
import io.waypost.consent.Suppressions;
import io.waypost.delivery.tracking.RecordedSendEvent;
import io.waypost.delivery.tracking.SendEvent;
import io.waypost.delivery.tracking.SendEventRepository;
import io.waypost.identity.AddressHash;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.ingestion.EventIngestion;
import io.waypost.ingestion.InternalEvent;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Processes events about sent messages. One transaction records the event with its send,
 * suppresses the address or revokes the consent where necessary, and hands the event to
 * ingestion like any other event.
 */
@Component
class FeedbackEventProcessor {

	private static final String ACTOR = "system";

	private static final String RECIPIENT = "recipient";

	private final SendEventRepository sendEvents;

	private final Suppressions suppressions;

	private final Consents consents;

	private final Profiles profiles;

	private final EventIngestion ingestion;

	FeedbackEventProcessor(SendEventRepository sendEvents, Suppressions suppressions, Consents consents,
			Profiles profiles, EventIngestion ingestion) {
		this.sendEvents = sendEvents;
		this.suppressions = suppressions;
		this.consents = consents;
		this.profiles = profiles;
		this.ingestion = ingestion;
	}

	/**
	 * Processes events.
	 * @param events events of any sends
	 * @param details added to each event's properties; no personal data
	 * @return those that were new
	 */
	@Transactional
	public List<RecordedSendEvent> process(List<SendEvent> events, Map<String, Object> details) {
		// Merges and erasures lock the profile before its sends; this order avoids
		// deadlocks
		this.sendEvents.findRecipients(events.stream().map(SendEvent::send).toList()).forEach(this.profiles::survivors);
		List<RecordedSendEvent> recorded = this.sendEvents.record(events);
		Map<TenantId, List<RecordedSendEvent>> byTenant = new LinkedHashMap<>();
		recorded.forEach((event) -> byTenant.computeIfAbsent(event.tenant(), (key) -> new ArrayList<>()).add(event));
		byTenant.forEach((tenant, ofTenant) -> process(tenant, ofTenant, details));
		return recorded;
	}

	private void process(TenantId tenant, List<RecordedSendEvent> events, Map<String, Object> details) {
		Map<ProfileId, Profile> known = this.profiles.read(tenant,
				events.stream().map((event) -> event.send().profile()).distinct().toList());
		suppress(tenant, events, known);
		revoke(tenant, events, known);
		this.ingestion.record(tenant,
				events.stream()
					.filter((event) -> known.containsKey(event.send().profile()))
					.flatMap((event) -> toInternalEvent(event, details).stream())
					.toList());
	}

	/**
	 * Suppresses addresses. Works after an erasure too, because the keyed hash of the
	 * address stays with the send.
	 */
	private void suppress(TenantId tenant, List<RecordedSendEvent> events, Map<ProfileId, Profile> known) {
		Map<SuppressionReason, Set<AddressHash>> suppressed = new EnumMap<>(SuppressionReason.class);
		for (RecordedSendEvent event : events) {
			Profile profile = known.get(event.send().profile());
			AddressHash address = (event.addressHash() != null || profile == null) ? event.addressHash()
					: profile.addressHash();
			SuppressionReason reason = suppression(event.event(), profile == null);
			if (address != null && reason != null) {
				suppressed.computeIfAbsent(reason, (key) -> new HashSet<>()).add(address);
			}
		}
		suppressed.forEach((reason, addresses) -> this.suppressions.suppress(tenant, addresses, reason, ACTOR));
	}

	private static @Nullable SuppressionReason suppression(SendEvent event, boolean erased) {
		return switch (event.type()) {
			case BOUNCED -> SuppressionReason.HARD_BOUNCE;
			case COMPLAINED -> SuppressionReason.COMPLAINT;
			case DROPPED -> dropReason(event.reason());
			// An erased profile has no consent to revoke, but its address can be
			// suppressed
			case UNSUBSCRIBED -> erased ? SuppressionReason.UNSUBSCRIBE : null;
			case PROCESSED, DEFERRED, DELIVERED, BLOCKED, OPENED, CLICKED -> null;
		};
	}

	private static @Nullable SuppressionReason dropReason(@Nullable String reason) {
		return switch ((reason == null) ? "" : reason) {
			case "bounced" -> SuppressionReason.HARD_BOUNCE;
			case "complained" -> SuppressionReason.COMPLAINT;
			case "unsubscribed" -> SuppressionReason.UNSUBSCRIBE;
			default -> null;
		};
	}

	/** Revokes the topic of the message for its address and for its recipient. */
	private void revoke(TenantId tenant, List<RecordedSendEvent> events, Map<ProfileId, Profile> known) {
		this.consents.revokeAddresses(tenant, RECIPIENT, events.stream()
			.filter((event) -> event.event().type() == SendEvent.Type.UNSUBSCRIBED)
			.flatMap((event) -> Stream.ofNullable(event.addressHash())
				.map((address) -> new AddressRevocation(address, event.send().topic(), RECIPIENT, event.event().at())))
			.toList());
		List<ConsentChange> changes = events.stream()
			.filter((event) -> event.event().type() == SendEvent.Type.UNSUBSCRIBED
					&& known.containsKey(event.send().profile()))
			.map((event) -> new ConsentChange(event.send().profile(), event.send().topic(), ConsentStatus.REVOKED, null,
					new ConsentEvidence("unsubscribe of send " + event.send().id(), null, null, null,
							event.event().at())))
			.toList();
		this.consents.record(tenant, ACTOR, changes);
	}

	private static Optional<InternalEvent> toInternalEvent(RecordedSendEvent recorded, Map<String, Object> details) {
		SendEvent event = recorded.event();
		String name = name(event.type());
		if (name == null) {
			return Optional.empty();
		}
		Map<String, Object> properties = new LinkedHashMap<>(details);
		properties.put("email_id", event.send().toString());
		properties.put("journey", recorded.send().journey());
		properties.put("campaign_id", recorded.send().run().toString());
		properties.put("campaign_name", recorded.send().journey());
		properties.put("template", recorded.send().template());
		properties.put("topic", recorded.send().topic());
		properties.put("machine", event.machine());
		Optional.ofNullable(recorded.send().variant()).ifPresent((variant) -> properties.put("variant", variant));
		if (event.type() == SendEvent.Type.OPENED && recorded.deliveredAt() != null) {
			// The time to open is a feature, which must not depend on a join
			properties.put("deliveredAt", recorded.deliveredAt().toString());
		}
		Optional.ofNullable(event.link()).ifPresent((link) -> properties.put("link_id", link));
		Optional.ofNullable(event.reason()).ifPresent((reason) -> properties.put("reason", reason));
		String messageId = "send:%s:%s:%d:%d".formatted(event.send(), event.type(), event.at().toEpochMilli(),
				Optional.ofNullable(event.link()).orElse(-1));
		return Optional.of(new InternalEvent(recorded.send().profile(), name, properties, event.at(), messageId));
	}

	private static @Nullable String name(SendEvent.Type type) {
		return switch (type) {
			case DELIVERED -> "Email Delivered";
			case OPENED -> "Email Opened";
			case CLICKED -> "Email Link Clicked";
			case BOUNCED, BLOCKED -> "Email Bounced";
			case COMPLAINED -> "Email Marked as Spam";
			case UNSUBSCRIBED -> "Unsubscribed";
			case PROCESSED, DEFERRED, DROPPED -> null;
		};
	}

}
