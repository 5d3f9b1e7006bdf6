package io.waypost.feedback;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.delivery.tracking.LinkTarget;
import io.waypost.delivery.tracking.SendEvent;
import io.waypost.delivery.tracking.SendEventRepository;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Records opens and clicks of Waypost's own tracking links. */
@Component
@EnableConfigurationProperties(FeedbackSettings.class)
class EngagementRecorder {

	private final FeedbackEventProcessor processor;

	private final SendEventRepository sendEvents;

	private final FeedbackSettings settings;

	EngagementRecorder(FeedbackEventProcessor processor, SendEventRepository sendEvents, FeedbackSettings settings) {
		this.processor = processor;
		this.sendEvents = sendEvents;
		this.settings = settings;
	}

	/**
	 * Records an open or click. A click that follows the delivery too soon is attributed
	 * to a machine.
	 * @param target a verified tracking link
	 * @param event what happened
	 * @param details added to the event's properties
	 */
	void record(LinkTarget target, SendEvent event, Map<String, Object> details) {
		Optional<Instant> delivered = this.sendEvents.findDeliveredAt(target.tenant(), target.send());
		this.processor.process(List.of(classified(event, delivered.orElse(null))), details);
	}

	private SendEvent classified(SendEvent event, @Nullable Instant delivered) {
		boolean fast = event.type() == SendEvent.Type.CLICKED
				&& BotDetector.isTooSoonAfterDelivery(delivered, event.at(), this.settings.scannerWindow());
		return new SendEvent(event.send(), event.type(), event.at(), event.link(), event.machine() || fast,
				event.reason());
	}

}
