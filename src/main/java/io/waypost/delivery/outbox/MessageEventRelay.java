package io.waypost.delivery.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlArray;
import io.waypost.delivery.worker.PollingWorker;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes the outbox to Kafka, in order and at least once: rows are deleted only after
 * the broker has acknowledged them. One node at a time publishes, guarded by an advisory
 * lock.
 */
@Component
class MessageEventRelay extends PollingWorker {

	private static final String TOPIC = "waypost.message-events";

	private static final int BATCH = 500;

	private static final Duration INTERVAL = Duration.ofMillis(500);

	static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(20);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final AdvisoryLocks locks;

	private final KafkaTemplate<Object, Object> kafka;

	private final boolean enabled;

	MessageEventRelay(JdbcClient jdbc, TransactionTemplate transaction, AdvisoryLocks locks,
			KafkaTemplate<Object, Object> kafka, @Value("${spring.kafka.bootstrap-servers:}") String servers) {
		super("message-events", INTERVAL);
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.locks = locks;
		this.kafka = kafka;
		this.enabled = !servers.isBlank();
	}

	@Override
	public synchronized void start() {
		if (this.enabled) {
			super.start();
		}
	}

	@Override
	protected boolean poll() {
		return relay() == BATCH;
	}

	/**
	 * Publishes the oldest events.
	 * @return number of events
	 */
	int relay() {
		Integer published = this.transaction.execute((status) -> {
			List<Row> rows = this.locks.tryLock(AdvisoryLock.MESSAGE_RELAY) ? oldest() : List.of();
			publish(rows);
			if (!rows.isEmpty()) {
				this.jdbc.sql("delete from delivery.outbox where sequence = any(:published::bigint[])")
					.param("published", SqlArray.longs(rows, Row::sequence))
					.update();
			}
			return rows.size();
		});
		return Objects.requireNonNull(published);
	}

	/**
	 * Reads only rows of transactions that are older than every running one. A sequence
	 * number is assigned before its row is visible, so a row with a lower number could
	 * otherwise follow later.
	 */
	private List<Row> oldest() {
		return this.jdbc.sql("""
				select sequence, send_id::text as key, payload::text as payload from delivery.outbox
				where written_by < pg_snapshot_xmin(pg_current_snapshot())
				order by sequence limit :batch
				""")
			.param("batch", BATCH)
			.query((row, number) -> new Row(row.getLong("sequence"), row.getString("key"), row.getString("payload")))
			.list();
	}

	private void publish(List<Row> rows) {
		List<CompletableFuture<?>> acknowledgements = new ArrayList<>();
		for (Row row : rows) {
			CompletableFuture<?> acknowledgement = this.kafka.send(TOPIC, row.key(), row.payload());
			acknowledgements.add(acknowledgement);
			if (acknowledgement.isCompletedExceptionally()) {
				// The broker is unavailable: each further row would wait for the timeout
				break;
			}
		}
		CompletableFuture.allOf(acknowledgements.toArray(CompletableFuture[]::new))
			.orTimeout(PUBLISH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
			.join();
	}

	private record Row(long sequence, String key, String payload) {

	}

}
