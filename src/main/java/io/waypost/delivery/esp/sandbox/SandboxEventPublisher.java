package io.waypost.delivery.esp.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.database.SqlTime;
import io.waypost.delivery.esp.EspEvent.Type;
import io.waypost.delivery.esp.WebhookRequest;
import io.waypost.delivery.worker.PollingWorker;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes the sandbox's delivery events when they are due. One transaction removes them
 * from the schedule and processes them, so that none is lost or published twice.
 */
@Component
class SandboxEventPublisher extends PollingWorker {

	private static final int BATCH = 1000;

	/**
	 * User agent of the simulated recipients; an e-mail client, because other user agents
	 * count as machines.
	 */
	private static final String USER_AGENT = "Mozilla/5.0 (Waypost sandbox) Gecko/20100101 Thunderbird/140.0";

	private static final Duration INTERVAL = Duration.ofMillis(200);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final ApplicationEventPublisher publisher;

	private final SandboxWebhookSigner signer;

	private final ObjectMapper json;

	private final Clock clock;

	SandboxEventPublisher(JdbcClient jdbc, TransactionTemplate transaction, ApplicationEventPublisher publisher,
			SandboxWebhookSigner signer, ObjectMapper json, Clock clock) {
		super("sandbox-reports", INTERVAL);
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.publisher = publisher;
		this.signer = signer;
		this.json = json;
		this.clock = clock;
	}

	@Override
	protected boolean poll() {
		return publishDue() == BATCH;
	}

	/**
	 * Publishes the events that are due.
	 * @return number of events
	 */
	int publishDue() {
		Integer published = this.transaction.execute((status) -> {
			List<DueEvent> due = takeDue();
			Map<String, List<DueEvent>> byEsp = new TreeMap<>();
			due.forEach((event) -> byEsp.computeIfAbsent(event.esp(), (esp) -> new ArrayList<>()).add(event));
			byEsp.forEach(this::publish);
			return due.size();
		});
		return Objects.requireNonNull(published);
	}

	private List<DueEvent> takeDue() {
		return this.jdbc.sql("""
				with due as (
					select tenant_id, id from delivery.sandbox_event
					where due_at <= :now order by due_at limit :batch for update skip locked
				), taken as (
					delete from delivery.sandbox_event e using due
					where e.tenant_id = due.tenant_id and e.id = due.id
					returning e.*
				)
				select id, esp, send_id, event, due_at from taken order by due_at, id
				""")
			.param("now", SqlTime.of(this.clock.instant()))
			.param("batch", BATCH)
			.query((row, number) -> new DueEvent(row.getString("id"), row.getString("esp"), row.getString("send_id"),
					Type.valueOf(row.getString("event")), SqlTime.read(row, "due_at")))
			.list();
	}

	private void publish(String esp, List<DueEvent> due) {
		List<SandboxWebhookParser.SandboxEvent> events = due.stream()
			.map((event) -> new SandboxWebhookParser.SandboxEvent(event.id(), event.sendId(), event.type().name(),
					event.at().toEpochMilli(), (event.type() == Type.BOUNCED) ? "5.1.1" : null,
					userAgent(event.type())))
			.toList();
		byte[] body = bytes(events);
		this.publisher
			.publishEvent(new WebhookRequest(esp, Map.of(SandboxWebhookSigner.HEADER, this.signer.sign(body)), body));
	}

	private static @Nullable String userAgent(Type type) {
		return (type == Type.OPENED || type == Type.CLICKED) ? USER_AGENT : null;
	}

	private byte[] bytes(List<SandboxWebhookParser.SandboxEvent> events) {
		try {
			return this.json.writeValueAsString(events).getBytes(StandardCharsets.UTF_8);
		}
		catch (JsonProcessingException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	private record DueEvent(String id, String esp, String sendId, Type type, Instant at) {

	}

}
