package io.waypost.delivery.outbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.waypost.delivery.store.DeliveryColumns;
import io.waypost.delivery.store.DeliveryJson;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Moves of sends, for topic {@code waypost.message-events}. They are written in the
 * transaction of the move (a transactional outbox), so that the topic tells of every
 * commit and of nothing else. Without Kafka nothing is written.
 */
@Component
public class MessageEventOutbox {

	private final JdbcClient jdbc;

	private final DeliveryJson json;

	private final boolean wanted;

	public MessageEventOutbox(JdbcClient jdbc, DeliveryJson json,
			@Value("${spring.kafka.bootstrap-servers:}") String kafka) {
		this.jdbc = jdbc;
		this.json = json;
		this.wanted = !kafka.isBlank();
	}

	public void enqueue(List<MessageEvent> events) {
		if (!this.wanted || events.isEmpty()) {
			return;
		}
		this.jdbc.sql("""
				insert into delivery.outbox (tenant_id, send_id, payload)
				select * from unnest(:tenants::text[], :sends::uuid[], :payloads::jsonb[])
				""")
			.param("tenants", DeliveryColumns.of(events, MessageEvent::tenant))
			.param("sends", DeliveryColumns.of(events, MessageEvent::send))
			.param("payloads", DeliveryColumns.of(events, (event) -> this.json.write(event.payload())))
			.update();
	}

	/**
	 * One move.
	 *
	 * @param tenant whose
	 * @param send which
	 * @param status where it stands now
	 * @param reason why
	 * @param at since when
	 */
	public record MessageEvent(TenantId tenant, SendId send, String status, @Nullable String reason, Instant at) {

		Map<String, Object> payload() {
			Map<String, Object> payload = new LinkedHashMap<>();
			payload.put("tenant", this.tenant.value());
			payload.put("sendId", this.send.toString());
			payload.put("status", this.status);
			payload.put("reason", (this.reason == null) ? "" : this.reason);
			payload.put("at", this.at.toString());
			return payload;
		}

	}

}
