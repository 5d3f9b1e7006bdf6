package io.waypost.feedback;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.delivery.LinkTarget;
import io.waypost.delivery.SendEvent;
import io.waypost.delivery.SendEvents;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Opens and clicks at our own addresses. */
@Component
class Engagement {

	private final InboxEvents inbox;

	private final SendEvents sends;

	private final FeedbackSettings settings;

	Engagement(InboxEvents inbox, SendEvents sends, FeedbackSettings settings) {
		this.inbox = inbox;
		this.sends = sends;
		this.settings = settings;
	}

	/**
	 * Puts down an open or click, as a machine's when it came too soon after delivery.
	 * @param target a verified one
	 * @param event what happened
	 * @param details to add to the event's properties
	 */
	void record(LinkTarget target, SendEvent event, Map<String, Object> details) {
		Optional<Instant> delivered = this.sends.findDelivery(target.tenant(), target.send());
		this.inbox.receive(List.of(judged(event, delivered.orElse(null))), details);
	}

	private SendEvent judged(SendEvent event, @Nullable Instant delivered) {
		boolean fast = event.type() == SendEvent.Type.CLICKED
				&& Machines.isTooFast(delivered, event.at(), this.settings.scannerWindow());
		return new SendEvent(event.send(), event.type(), event.at(), event.link(), event.machine() || fast,
				event.reason());
	}

}
