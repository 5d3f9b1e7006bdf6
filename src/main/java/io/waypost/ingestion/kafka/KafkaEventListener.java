package io.waypost.ingestion.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.Source;
import io.waypost.access.WriteKeyRepository;
import io.waypost.database.ForeignRegionException;
import io.waypost.database.TenantScope;
import io.waypost.ingestion.IngestionSettings;
import io.waypost.ingestion.deadletter.DeadLetterRepository;
import io.waypost.ingestion.parse.EventBatch;
import io.waypost.ingestion.parse.EventParseResult;
import io.waypost.ingestion.parse.EventParser;
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.ingestion.parse.RequestBodyReader;
import io.waypost.ingestion.store.BatchIngestor;
import io.waypost.kernel.TenantId;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.web.ErrorResponseException;

/**
 * Ingests events from a Kafka topic. A record has the form of a body of {@code /v1/batch}
 * or of a call for one event; its write key is in the header {@code writeKey} or in the
 * body. Records that cannot be parsed go to the dead-letter topic with their reason.
 * Offsets are committed only when all records of a poll are stored or in that topic.
 */
class KafkaEventListener {

	static final String TOPIC = "waypost.events";

	static final String DEAD_LETTER_TOPIC = "waypost.events.dlt";

	private final WriteKeyRepository keys;

	private final EventParser parser;

	private final BatchIngestor ingestor;

	private final DeadLetterRepository deadLetters;

	private final KafkaOperations<byte[], byte[]> kafka;

	private final IngestionSettings settings;

	private final Clock clock;

	KafkaEventListener(WriteKeyRepository keys, EventParser parser, BatchIngestor ingestor,
			DeadLetterRepository deadLetters, KafkaOperations<byte[], byte[]> kafka, IngestionSettings settings,
			Clock clock) {
		this.keys = keys;
		this.parser = parser;
		this.ingestor = ingestor;
		this.deadLetters = deadLetters;
		this.kafka = kafka;
		this.settings = settings;
		this.clock = clock;
	}

	@KafkaListener(topics = TOPIC, groupId = "waypost", batch = "true",
			containerFactory = "eventsListenerContainerFactory")
	void on(List<ConsumerRecord<byte[], byte[]>> records) {
		Map<TenantId, Poll> polls = new LinkedHashMap<>();
		List<CompletableFuture<?>> failed = new ArrayList<>();
		for (ConsumerRecord<byte[], byte[]> record : records) {
			try {
				read(record, polls);
			}
			catch (ErrorResponseException problem) {
				failed.add(reject(record, String.valueOf(problem.getBody().getDetail())));
			}
		}
		// The poll is complete only when the broker has stored the rejected records
		failed.forEach(CompletableFuture::join);
		polls.forEach((tenant, poll) -> TenantScope.run(tenant, () -> store(tenant, poll)));
	}

	/**
	 * Uses the record's time as time of receipt, so that a backlog does not distort the
	 * correction of clocks.
	 */
	private void read(ConsumerRecord<byte[], byte[]> record, Map<TenantId, Poll> polls) {
		byte[] body = (record.value() != null) ? record.value() : new byte[0];
		EventBatch batch = EventBatch.parse(RequestBodyReader.unzip(body, this.settings.maxBatch().toBytes()));
		Source source = source(record, batch)
			.orElseThrow(() -> InvalidRequestException.badRequest("/writeKey", "no source has this write key"));
		Instant receivedAt = Instant.ofEpochMilli(record.timestamp());
		Poll poll = polls.computeIfAbsent(source.tenant(), (tenant) -> new Poll(new ArrayList<>(), new ArrayList<>()));
		for (EventParseResult reading : this.parser.parse(batch, null, receivedAt)) {
			switch (reading) {
				case EventParseResult.Parsed(ParsedEvent event) -> poll.parsed.add(event);
				case EventParseResult.Rejected bad -> poll.rejected.add(new RejectedEvent(batch, bad, receivedAt));
			}
		}
	}

	private void store(TenantId tenant, Poll poll) {
		this.ingestor.ingest(tenant, poll.parsed, this.clock.instant(), () -> poll.rejected.forEach(
				(one) -> this.deadLetters.add(tenant, "kafka", one.batch, null, List.of(one.reading), one.receivedAt)));
		this.ingestor.count("rejected", poll.rejected.size());
	}

	private Optional<Source> source(ConsumerRecord<byte[], byte[]> record, EventBatch batch) {
		Header header = record.headers().lastHeader("writeKey");
		String key = (header != null) ? new String(header.value(), StandardCharsets.UTF_8) : batch.writeKey();
		return find(key);
	}

	private Optional<Source> find(@Nullable String key) {
		try {
			return (key != null) ? this.keys.find(key) : Optional.empty();
		}
		catch (ForeignRegionException ex) {
			// The record is stored as a failed one, like that of an unknown key
			return Optional.empty();
		}
	}

	private CompletableFuture<?> reject(ConsumerRecord<byte[], byte[]> record, String reason) {
		ProducerRecord<byte[], byte[]> failedEvent = new ProducerRecord<>(DEAD_LETTER_TOPIC, null, record.key(),
				record.value(), record.headers());
		failedEvent.headers().add("reason", reason.getBytes(StandardCharsets.UTF_8));
		return this.kafka.send(failedEvent);
	}

	private record Poll(List<ParsedEvent> parsed, List<RejectedEvent> rejected) {
	}

	private record RejectedEvent(EventBatch batch, EventParseResult.Rejected reading, Instant receivedAt) {
	}

}
