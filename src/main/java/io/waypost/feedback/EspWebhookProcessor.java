package io.waypost.feedback;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.database.TenantScope;
import io.waypost.delivery.esp.ConfiguredEsps;
import io.waypost.delivery.esp.EspEvent;
import io.waypost.delivery.esp.WebhookRequest;
import io.waypost.delivery.tracking.SendEvent;
import io.waypost.delivery.tracking.SendEventRepository;
import io.waypost.kernel.SendId;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Verifies, parses and stores webhooks of e-mail service providers. Each event counts
 * once, by the provider's event id and by its content. Events of unknown sends are stored
 * and counted too.
 */
@Component
class EspWebhookProcessor {

	private final ConfiguredEsps esps;

	private final SendEventRepository sendEvents;

	private final FeedbackEventProcessor processor;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final MeterRegistry metrics;

	private final Clock clock;

	EspWebhookProcessor(ConfiguredEsps esps, SendEventRepository sendEvents, FeedbackEventProcessor processor,
			JdbcClient jdbc, TransactionTemplate transaction, MeterRegistry metrics, Clock clock) {
		this.esps = esps;
		this.sendEvents = sendEvents;
		this.processor = processor;
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.metrics = metrics;
		this.clock = clock;
	}

	/** The sandbox posts within the process; its signature is verified as well. */
	@EventListener
	void on(WebhookRequest post) {
		if (process(post).isEmpty()) {
			throw new IllegalStateException("ESP '%s' has no webhook".formatted(post.esp()));
		}
	}

	/**
	 * Verifies, parses and stores a webhook.
	 * @param post headers and raw body
	 * @return number of new events, empty when no such provider is configured
	 */
	Optional<Integer> process(WebhookRequest post) {
		return this.esps.findWebhook(post.esp())
			.map((webhook) -> webhook.parse(post))
			.map((events) -> TenantScope.all(() -> store(post.esp(), events)));
	}

	private int store(String esp, List<EspEvent> espEvents) {
		if (espEvents.isEmpty()) {
			return 0;
		}
		Integer stored = this.transaction.execute((status) -> {
			Set<SendId> known = this.sendEvents.filterKnown(
					espEvents.stream().flatMap((event) -> Optional.ofNullable(event.send()).stream()).toList());
			List<EspEvent> fresh = insert(esp, espEvents, known);
			List<SendEvent> events = fresh.stream().flatMap((event) -> toSendEvent(event).stream()).toList();
			int recorded = this.processor.process(events, Map.of("esp", esp)).size();
			count(esp, espEvents.size(), fresh, known, recorded);
			return fresh.size();
		});
		return Objects.requireNonNull(stored);
	}

	private List<EspEvent> insert(String esp, List<EspEvent> events, Set<SendId> known) {
		Set<String> fresh = new HashSet<>(this.jdbc.sql("""
				insert into feedback.webhook_event (esp, event_id, send_id, type, matched, occurred_at, received_at)
				select :esp, event_id, send_id, type, matched, occurred_at, :now
				from unnest(:ids, :sends, :types, :matched, :times) as e(event_id, send_id, type, matched, occurred_at)
				on conflict do nothing
				returning event_id
				""")
			.param("esp", esp)
			.param("now", SqlTime.of(this.clock.instant()))
			.param("ids", SqlArray.texts(events, EspEvent::eventId))
			.param("sends", SqlArray.uuids(events, (event) -> (event.send() != null) ? event.send().value() : null))
			.param("types", SqlArray.texts(events, (event) -> event.type().name().toLowerCase(Locale.ROOT)))
			.param("matched", SqlArray.booleans(events, (event) -> known.contains(event.send())))
			.param("times", SqlArray.times(events, EspEvent::at))
			.query(String.class)
			.list());
		return events.stream().filter((event) -> fresh.remove(event.eventId())).toList();
	}

	private static Optional<SendEvent> toSendEvent(EspEvent event) {
		SendId send = event.send();
		if (send == null) {
			return Optional.empty();
		}
		SendEvent.Type type = type(event.type());
		boolean engagement = type == SendEvent.Type.OPENED || type == SendEvent.Type.CLICKED;
		boolean machine = engagement && BotDetector.isBotUserAgent(event.userAgent());
		return Optional.of(new SendEvent(send, type, event.at(), null, machine, event.reason()));
	}

	private static SendEvent.Type type(EspEvent.Type type) {
		return switch (type) {
			case PROCESSED -> SendEvent.Type.PROCESSED;
			case DEFERRED -> SendEvent.Type.DEFERRED;
			case DELIVERED -> SendEvent.Type.DELIVERED;
			case BOUNCED -> SendEvent.Type.BOUNCED;
			case BLOCKED -> SendEvent.Type.BLOCKED;
			case DROPPED -> SendEvent.Type.DROPPED;
			case COMPLAINED -> SendEvent.Type.COMPLAINED;
			case UNSUBSCRIBED -> SendEvent.Type.UNSUBSCRIBED;
			case OPENED -> SendEvent.Type.OPENED;
			case CLICKED -> SendEvent.Type.CLICKED;
		};
	}

	private void count(String esp, int posted, List<EspEvent> fresh, Set<SendId> known, int recorded) {
		long unmatched = fresh.stream().filter((event) -> !known.contains(event.send())).count();
		increment(esp, "recorded", recorded);
		increment(esp, "unmatched", unmatched);
		increment(esp, "repeated", posted - recorded - unmatched);
	}

	private void increment(String esp, String outcome, long by) {
		this.metrics.counter("waypost.feedback.event.receive", "esp", esp, "outcome", outcome).increment(by);
	}

}
