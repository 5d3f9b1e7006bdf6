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

import io.waypost.access.InvalidRequest;
import io.waypost.access.Source;
import io.waypost.access.WriteKeyRepository;
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
 * The same door for events from a topic: a record is what a body of {@code /v1/batch} or
 * of a call for one event would be, its write key stands in the header {@code writeKey}
 * or in the body. What cannot be read goes to the dead-letter topic with its reason;
 * offsets are committed only when everything of a poll is stored or there.
 */
class KafkaEventListener {

	static final String TOPIC = "waypost.events";

	static final String DEAD_LETTERS = "waypost.events.dlt";

	private final WriteKeyRepository keys;

	private final EventParser reader;

	private final BatchIngestor intake;

	private final DeadLetterRepository deadLetters;

	private final KafkaOperations<byte[], byte[]> kafka;

	private final IngestionSettings settings;

	private final Clock clock;

	KafkaEventListener(WriteKeyRepository keys, EventParser reader, BatchIngestor intake,
			DeadLetterRepository deadLetters, KafkaOperations<byte[], byte[]> kafka, IngestionSettings settings,
			Clock clock) {
		this.keys = keys;
		this.reader = reader;
		this.intake = intake;
		this.deadLetters = deadLetters;
		this.kafka = kafka;
		this.settings = settings;
		this.clock = clock;
	}

	@KafkaListener(topics = TOPIC, groupId = "waypost", batch = "true",
			containerFactory = "eventsListenerContainerFactory")
	void on(List<ConsumerRecord<byte[], byte[]>> records) {
		Map<TenantId, Poll> polls = new LinkedHashMap<>();
		List<CompletableFuture<?>> refused = new ArrayList<>();
		for (ConsumerRecord<byte[], byte[]> record : records) {
			try {
				read(record, polls);
			}
			catch (ErrorResponseException problem) {
				refused.add(refuse(record, String.valueOf(problem.getBody().getDetail())));
			}
		}
		// A poll counts as done only when the broker has what was refused
		refused.forEach(CompletableFuture::join);
		polls.forEach(this::store);
	}

	/**
	 * The record's own time is when the event came in: a backlog does not skew clocks.
	 */
	private void read(ConsumerRecord<byte[], byte[]> record, Map<TenantId, Poll> polls) {
		byte[] body = (record.value() != null) ? record.value() : new byte[0];
		EventBatch envelope = EventBatch.parse(RequestBodyReader.unzip(body, this.settings.maxBatch().toBytes()));
		Source source = source(record, envelope)
			.orElseThrow(() -> InvalidRequest.badRequest("/writeKey", "no source has this write key"));
		Instant receivedAt = Instant.ofEpochMilli(record.timestamp());
		Poll poll = polls.computeIfAbsent(source.tenant(), (tenant) -> new Poll(new ArrayList<>(), new ArrayList<>()));
		for (EventParseResult reading : this.reader.parse(envelope, null, receivedAt)) {
			switch (reading) {
				case EventParseResult.Parsed(ParsedEvent event) -> poll.readable.add(event);
				case EventParseResult.Rejected bad -> poll.unreadable.add(new Refused(envelope, bad, receivedAt));
			}
		}
	}

	private void store(TenantId tenant, Poll poll) {
		this.intake.ingest(tenant, poll.readable, this.clock.instant(),
				() -> poll.unreadable.forEach((one) -> this.deadLetters.add(tenant, "kafka", one.envelope, null,
						List.of(one.reading), one.receivedAt)));
		this.intake.count("parked", poll.unreadable.size());
	}

	private Optional<Source> source(ConsumerRecord<byte[], byte[]> record, EventBatch envelope) {
		Header header = record.headers().lastHeader("writeKey");
		String key = (header != null) ? new String(header.value(), StandardCharsets.UTF_8) : envelope.writeKey();
		return find(key);
	}

	private Optional<Source> find(@Nullable String key) {
		return (key != null) ? this.keys.find(key) : Optional.empty();
	}

	private CompletableFuture<?> refuse(ConsumerRecord<byte[], byte[]> record, String reason) {
		ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(DEAD_LETTERS, null, record.key(), record.value(),
				record.headers());
		letter.headers().add("reason", reason.getBytes(StandardCharsets.UTF_8));
		return this.kafka.send(letter);
	}

	private record Poll(List<ParsedEvent> readable, List<Refused> unreadable) {
	}

	private record Refused(EventBatch envelope, EventParseResult.Rejected reading, Instant receivedAt) {
	}

}
