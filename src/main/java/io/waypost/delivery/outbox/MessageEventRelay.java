package io.waypost.delivery.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.waypost.delivery.store.DeliveryColumns;
import io.waypost.delivery.worker.PollingWorker;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries the outbox to Kafka, in order and at least once: rows leave it only after the
 * broker has acknowledged them. One node at a time does it, by an advisory lock.
 */
@Component
class MessageEventRelay extends PollingWorker {

	private static final String TOPIC = "waypost.message-events";

	private static final int BATCH = 500;

	private static final Duration PAUSE = Duration.ofMillis(500);

	static final Duration PATIENCE = Duration.ofSeconds(20);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final KafkaTemplate<Object, Object> kafka;

	private final boolean wanted;

	MessageEventRelay(JdbcClient jdbc, TransactionTemplate transaction, KafkaTemplate<Object, Object> kafka,
			@Value("${spring.kafka.bootstrap-servers:}") String servers) {
		super("message-events", PAUSE);
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.kafka = kafka;
		this.wanted = !servers.isBlank();
	}

	@Override
	public synchronized void start() {
		if (this.wanted) {
			super.start();
		}
	}

	@Override
	protected boolean poll() {
		return relay() == BATCH;
	}

	/**
	 * Publishes the oldest events.
	 * @return how many
	 */
	int relay() {
		Integer published = this.transaction.execute((status) -> {
			boolean alone = this.jdbc.sql("select pg_try_advisory_xact_lock(hashtext('delivery.outbox'))")
				.query(Boolean.class)
				.single();
			List<Row> rows = alone ? oldest() : List.of();
			publish(rows);
			if (!rows.isEmpty()) {
				this.jdbc.sql("delete from delivery.outbox where sequence = any(:published::bigint[])")
					.param("published", DeliveryColumns.of(rows, Row::sequence))
					.update();
			}
			return rows.size();
		});
		return (published == null) ? 0 : published;
	}

	/**
	 * A sequence number is drawn before its row is visible: only rows of transactions
	 * older than any still running are read, or a late one would be overtaken.
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
		List<CompletableFuture<?>> answers = new ArrayList<>();
		for (Row row : rows) {
			CompletableFuture<?> answer = this.kafka.send(TOPIC, row.key(), row.payload());
			answers.add(answer);
			if (answer.isCompletedExceptionally()) {
				// The broker is away: each further row would wait for it as long
				break;
			}
		}
		CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
			.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
			.join();
	}

	private record Row(long sequence, String key, String payload) {

	}

}
