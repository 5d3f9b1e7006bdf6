package io.waypost.ingestion.http;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.access.PublicEndpoint;
import io.waypost.access.Source;
import io.waypost.access.limit.EventQuota;
import io.waypost.database.TenantScope;
import io.waypost.ingestion.IngestionSettings;
import io.waypost.ingestion.deadletter.DeadLetterRepository;
import io.waypost.ingestion.parse.EventBatch;
import io.waypost.ingestion.parse.EventParseResult;
import io.waypost.ingestion.parse.EventParser;
import io.waypost.ingestion.parse.MisspeltEventFields;
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.ingestion.parse.RequestBodyReader;
import io.waypost.ingestion.store.IngestionGroupCommit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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

/**
 * The HTTP tracking API, compatible with Segment. Answers 200 only when all events of the
 * body are durable.
 */
@RestController
@PublicEndpoint("sources: the controller checks the write key")
class TrackingApiController {

	private static final Logger LOG = LoggerFactory.getLogger(TrackingApiController.class);

	private static final String RETRY_SECONDS = "5";

	private final SourceAuthenticator authenticator;

	private final EventQuota quota;

	private final EventParser parser;

	private final IngestionGroupCommit groupCommit;

	private final DeadLetterRepository deadLetters;

	private final IngestionSettings settings;

	private final Clock clock;

	TrackingApiController(SourceAuthenticator authenticator, EventQuota quota, EventParser parser,
			IngestionGroupCommit groupCommit, DeadLetterRepository deadLetters, IngestionSettings settings,
			Clock clock) {
		this.authenticator = authenticator;
		this.quota = quota;
		this.parser = parser;
		this.groupCommit = groupCommit;
		this.deadLetters = deadLetters;
		this.settings = settings;
		this.clock = clock;
	}

	@PostMapping({ "/v1/{type:track|identify|page|screen|group|alias}",
			"/v1/{type:track|identify|page|screen|group|alias}/" })
	Success single(@PathVariable String type, HttpServletRequest request, HttpServletResponse response,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
			@RequestHeader(name = "X-Strict-Mode", required = false) @Nullable String strict) throws IOException {
		byte[] body = RequestBodyReader.read(request, this.settings.maxEvent().toBytes());
		return ingest(EventBatch.parseSingle(body), type, authorization, strict, response);
	}

	@PostMapping({ "/v1/batch", "/v1/batch/", "/v1/import", "/v1/import/" })
	Success batch(HttpServletRequest request, HttpServletResponse response,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
			@RequestHeader(name = "X-Strict-Mode", required = false) @Nullable String strict) throws IOException {
		byte[] body = RequestBodyReader.read(request, this.settings.maxBatch().toBytes());
		return ingest(EventBatch.parseBatch(body), null, authorization, strict, response);
	}

	private Success ingest(EventBatch batch, @Nullable String type, @Nullable String authorization,
			@Nullable String strict, HttpServletResponse response) {
		Source source = this.authenticator.authenticate(authorization, batch.writeKey(), response);
		this.quota.require(source.tenant());
		Instant receivedAt = this.clock.instant();
		List<ParsedEvent> parsed = new ArrayList<>(batch.events().size());
		List<EventParseResult.Rejected> rejected = new ArrayList<>();
		for (EventParseResult reading : this.parser.parse(batch, type, receivedAt)) {
			switch (reading) {
				case EventParseResult.Parsed(ParsedEvent event) -> parsed.add(event);
				case EventParseResult.Rejected invalid -> rejected.add(invalid);
			}
		}
		if ("1".equals(strict)) {
			requireNoViolation(batch, rejected);
		}
		TenantScope.run(source.tenant(), () -> this.groupCommit.ingest(source.tenant(), parsed, receivedAt,
				() -> this.deadLetters.add(source.tenant(), "http", batch, type, rejected, receivedAt)));
		this.groupCommit.countRejected(rejected.size());
		this.quota.add(source.tenant(), batch.events().size());
		return new Success(true);
	}

	private static void requireNoViolation(EventBatch batch, List<EventParseResult.Rejected> rejected) {
		List<Violation> violations = Stream
			.concat(rejected.stream().map((one) -> new Violation(one.pointer(), one.detail())),
					MisspeltEventFields.of(batch).stream())
			.toList();
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
	}

	/** Nothing was acknowledged; the sender keeps its events and repeats the request. */
	@ExceptionHandler({ DataAccessResourceFailureException.class, RecoverableDataAccessException.class,
			TransientDataAccessException.class, TransactionException.class })
	ResponseEntity<ProblemDetail> databaseUnavailable(Exception ex) {
		LOG.warn("Events were rejected with 503 because the database is unavailable: {}",
				ex.getClass().getSimpleName());
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
			.body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
					"The events cannot be stored at the moment; send them again in %s seconds"
						.formatted(RETRY_SECONDS)));
	}

	record Success(boolean success) {
	}

}
