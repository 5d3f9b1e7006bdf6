package io.waypost.delivery.outbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.waypost.database.JsonColumn;
import io.waypost.database.SqlArray;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Outbox of status changes for the Kafka topic {@code waypost.message-events}. Rows are
 * written in the transaction that changes the status (transactional outbox), so that the
 * topic contains exactly the committed changes. Without Kafka no rows are written.
 */
@Component
public class MessageEventOutbox {

	private final JdbcClient jdbc;

	private final JsonColumn json;

	private final boolean enabled;

	public MessageEventOutbox(JdbcClient jdbc, JsonColumn json,
			@Value("${spring.kafka.bootstrap-servers:}") String kafka) {
		this.jdbc = jdbc;
		this.json = json;
		this.enabled = !kafka.isBlank();
	}

	public void enqueue(List<MessageEvent> events) {
		if (!this.enabled || events.isEmpty()) {
			return;
		}
		this.jdbc.sql("""
				insert into delivery.outbox (tenant_id, send_id, payload)
				select * from unnest(:tenants::text[], :sends::uuid[], :payloads::jsonb[])
				""")
			.param("tenants", SqlArray.texts(events, (row) -> row.tenant().value()))
			.param("sends", SqlArray.uuids(events, (row) -> row.send().value()))
			.param("payloads", SqlArray.texts(events, (event) -> this.json.write(event.payload())))
			.update();
	}

	/**
	 * One status change.
	 *
	 * @param tenant tenant of the send
	 * @param send id of the send
	 * @param status new status
	 * @param reason reason of the status
	 * @param at time of the change
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
