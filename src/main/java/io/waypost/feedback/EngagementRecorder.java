package io.waypost.feedback;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.delivery.tracking.LinkTarget;
import io.waypost.delivery.tracking.SendEvent;
import io.waypost.delivery.tracking.SendEventRepository;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Opens and clicks at our own addresses. */
@Component
class EngagementRecorder {

	private final FeedbackEventProcessor inbox;

	private final SendEventRepository sends;

	private final FeedbackSettings settings;

	EngagementRecorder(FeedbackEventProcessor inbox, SendEventRepository sends, FeedbackSettings settings) {
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
		Optional<Instant> delivered = this.sends.findDeliveredAt(target.tenant(), target.send());
		this.inbox.process(List.of(judged(event, delivered.orElse(null))), details);
	}

	private SendEvent judged(SendEvent event, @Nullable Instant delivered) {
		boolean fast = event.type() == SendEvent.Type.CLICKED
				&& BotDetector.isTooSoonAfterDelivery(delivered, event.at(), this.settings.scannerWindow());
		return new SendEvent(event.send(), event.type(), event.at(), event.link(), event.machine() || fast,
				event.reason());
	}

}
