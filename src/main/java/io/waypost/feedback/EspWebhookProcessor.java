package io.waypost.feedback;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.delivery.esp.ConfiguredEsps;
import io.waypost.delivery.esp.EspEvent;
import io.waypost.delivery.esp.WebhookRequest;
import io.waypost.delivery.tracking.SendEvent;
import io.waypost.delivery.tracking.SendEventRepository;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in what providers post. Each report counts once, by the provider's id of it and
 * by what it says; one about a send we do not know is kept and counted.
 */
@Component
class EspWebhookProcessor {

	private final ConfiguredEsps esps;

	private final SendEventRepository sends;

	private final FeedbackEventProcessor inbox;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final MeterRegistry metrics;

	private final Clock clock;

	EspWebhookProcessor(ConfiguredEsps esps, SendEventRepository sends, FeedbackEventProcessor inbox, JdbcClient jdbc,
			TransactionTemplate transaction, MeterRegistry metrics, Clock clock) {
		this.esps = esps;
		this.sends = sends;
		this.inbox = inbox;
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.metrics = metrics;
		this.clock = clock;
	}

	/** The sandbox posts from inside the house; its signature is checked all the same. */
	@EventListener
	void on(WebhookRequest post) {
		if (process(post).isEmpty()) {
			throw new IllegalStateException("ESP '%s' posts no webhooks".formatted(post.esp()));
		}
	}

	/**
	 * Verifies, reads and stores a post.
	 * @param post headers and raw body
	 * @return how many reports were new, empty when no such provider is configured
	 */
	Optional<Integer> process(WebhookRequest post) {
		return this.esps.findWebhook(post.esp()).map((webhook) -> store(post.esp(), webhook.parse(post)));
	}

	private int store(String esp, List<EspEvent> reports) {
		if (reports.isEmpty()) {
			return 0;
		}
		Integer stored = this.transaction.execute((status) -> {
			Set<SendId> known = this.sends.filterKnown(
					reports.stream().flatMap((report) -> Optional.ofNullable(report.send()).stream()).toList());
			List<EspEvent> fresh = insert(esp, reports, known);
			List<SendEvent> events = fresh.stream().flatMap((report) -> event(report).stream()).toList();
			int recorded = this.inbox.process(events, Map.of("esp", esp)).size();
			count(esp, reports.size(), fresh, known, recorded);
			return fresh.size();
		});
		return Objects.requireNonNull(stored);
	}

	private List<EspEvent> insert(String esp, List<EspEvent> reports, Set<SendId> known) {
		Set<String> fresh = new HashSet<>(this.jdbc.sql("""
				insert into feedback.webhook_event (esp, event_id, send_id, type, matched, occurred_at, received_at)
				select :esp, event_id, send_id, type, matched, occurred_at, :now
				from unnest(:ids::text[], :sends::uuid[], :types::text[], :matched::boolean[], :ats::timestamptz[])
					as e(event_id, send_id, type, matched, occurred_at)
				on conflict do nothing
				returning event_id
				""")
			.param("esp", esp)
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.param("ids", column(reports, EspEvent::eventId))
			.param("sends", column(reports, EspEvent::send))
			.param("types", column(reports, (report) -> report.type().name().toLowerCase(Locale.ROOT)))
			.param("matched", column(reports, (report) -> known.contains(report.send())))
			.param("ats", column(reports, EspEvent::at))
			.query(String.class)
			.list());
		return reports.stream().filter((report) -> fresh.remove(report.eventId())).toList();
	}

	private static Optional<SendEvent> event(EspEvent report) {
		SendId send = report.send();
		if (send == null) {
			return Optional.empty();
		}
		SendEvent.Type type = type(report.type());
		boolean seen = type == SendEvent.Type.OPENED || type == SendEvent.Type.CLICKED;
		boolean machine = seen && BotDetector.isBotUserAgent(report.userAgent());
		return Optional.of(new SendEvent(send, type, report.at(), null, machine, report.reason()));
	}

	private static SendEvent.Type type(EspEvent.Type kind) {
		return switch (kind) {
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
		long unmatched = fresh.stream().filter((report) -> !known.contains(report.send())).count();
		increment(esp, "recorded", recorded);
		increment(esp, "unmatched", unmatched);
		increment(esp, "repeated", posted - recorded - unmatched);
	}

	private void increment(String esp, String outcome, long by) {
		this.metrics.counter("waypost.feedback.event.receive", "esp", esp, "outcome", outcome).increment(by);
	}

	private static @Nullable String[] column(List<EspEvent> reports, Function<EspEvent, @Nullable Object> value) {
		List<@Nullable String> column = new ArrayList<>();
		for (EspEvent report : reports) {
			Object cell = value.apply(report);
			column.add((cell == null) ? null : cell.toString());
		}
		return column.toArray(new @Nullable String[0]);
	}

}
