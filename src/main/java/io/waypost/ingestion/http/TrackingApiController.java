package io.waypost.ingestion.http;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.waypost.access.InvalidRequest;
import io.waypost.access.Source;
import io.waypost.ingestion.IngestionSettings;
import io.waypost.ingestion.deadletter.DeadLetterRepository;
import io.waypost.ingestion.parse.EventBatch;
import io.waypost.ingestion.parse.EventParseResult;
import io.waypost.ingestion.parse.EventParser;
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.ingestion.parse.RequestBodyReader;
import io.waypost.ingestion.store.IngestionGroupCommit;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Segment's HTTP API. Answers 200 only when everything of the body is durable. */
@RestController
class TrackingApiController {

	private static final Logger LOG = LoggerFactory.getLogger(TrackingApiController.class);

	private static final String RETRY_SECONDS = "5";

	private final SourceAuthenticator gate;

	private final EventParser reader;

	private final IngestionGroupCommit groups;

	private final DeadLetterRepository deadLetters;

	private final IngestionSettings settings;

	private final Clock clock;

	TrackingApiController(SourceAuthenticator gate, EventParser reader, IngestionGroupCommit groups,
			DeadLetterRepository deadLetters, IngestionSettings settings, Clock clock) {
		this.gate = gate;
		this.reader = reader;
		this.groups = groups;
		this.deadLetters = deadLetters;
		this.settings = settings;
		this.clock = clock;
	}

	@PostMapping({ "/v1/{type:track|identify|page|screen|group|alias}",
			"/v1/{type:track|identify|page|screen|group|alias}/" })
	Success single(@PathVariable String type, HttpServletRequest request,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
			@RequestHeader(name = "X-Strict-Mode", required = false) @Nullable String strict) throws IOException {
		byte[] body = RequestBodyReader.read(request, this.settings.maxEvent().toBytes());
		return take(EventBatch.parseSingle(body), type, authorization, strict);
	}

	@PostMapping({ "/v1/batch", "/v1/batch/", "/v1/import", "/v1/import/" })
	Success batch(HttpServletRequest request,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
			@RequestHeader(name = "X-Strict-Mode", required = false) @Nullable String strict) throws IOException {
		byte[] body = RequestBodyReader.read(request, this.settings.maxBatch().toBytes());
		return take(EventBatch.parseBatch(body), null, authorization, strict);
	}

	private Success take(EventBatch envelope, @Nullable String type, @Nullable String authorization,
			@Nullable String strict) {
		Source source = this.gate.authenticate(authorization, envelope.writeKey());
		Instant receivedAt = this.clock.instant();
		List<ParsedEvent> readable = new ArrayList<>(envelope.events().size());
		List<EventParseResult.Rejected> unreadable = new ArrayList<>();
		for (EventParseResult reading : this.reader.parse(envelope, type, receivedAt)) {
			switch (reading) {
				case EventParseResult.Parsed(ParsedEvent event) -> readable.add(event);
				case EventParseResult.Rejected defective -> unreadable.add(defective);
			}
		}
		if ("1".equals(strict) && !unreadable.isEmpty()) {
			throw InvalidRequest.badRequest(unreadable.stream()
				.map((one) -> new InvalidRequest.Violation(one.pointer(), one.detail()))
				.toList());
		}
		this.groups.ingest(source.tenant(), readable, receivedAt,
				() -> this.deadLetters.add(source.tenant(), "http", envelope, type, unreadable, receivedAt));
		this.groups.countRejected(unreadable.size());
		return new Success(true);
	}

	/** The sender keeps what it sent and comes back: nothing was acknowledged. */
	@ExceptionHandler({ DataAccessResourceFailureException.class, RecoverableDataAccessException.class,
			TransientDataAccessException.class, TransactionException.class })
	ResponseEntity<ProblemDetail> databaseUnavailable(Exception ex) {
		LOG.warn("Events were refused with 503, because the database is away: {}", ex.getClass().getSimpleName());
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
			.body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
					"The events cannot be stored at the moment; send them again in %s seconds"
						.formatted(RETRY_SECONDS)));
	}

	record Success(boolean success) {
	}

}
