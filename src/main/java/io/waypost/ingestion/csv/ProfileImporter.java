package io.waypost.ingestion.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.InvalidRequest;
import io.waypost.identity.Traits;
import io.waypost.ingestion.IngestionConfiguration;
import io.waypost.ingestion.parse.EventBatch;
import io.waypost.ingestion.parse.EventParseResult;
import io.waypost.ingestion.parse.EventParser;
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.ingestion.store.BatchIngestor;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Imports people from CSV: each row becomes an {@code identify} at the same door as any
 * other, 500 rows a transaction. No row is lost: it is accepted or reported.
 */
@Component
class ProfileImporter {

	static final int ROWS_A_BATCH = 500;

	private static final Set<String> COLUMNS = Set.of("userId", "email", "firstName", "lastName", "phone", "country",
			"locale", "timezone");

	private static final String CONSENT = "consent.";

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	/** What a decoder puts in the place of bytes that are no characters. */
	private static final char UNDECODABLE = '\uFFFD';

	private static final Map<String, Boolean> ANSWERS = Map.of("true", true, "yes", true, "1", true, "false", false,
			"no", false, "0", false);

	private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder()
		.setHeader()
		.setSkipHeaderRecord(true)
		.setIgnoreSurroundingSpaces(true)
		.setIgnoreEmptyLines(true)
		.get();

	private final EventParser reader;

	private final BatchIngestor intake;

	private final IdGenerator ids;

	private final Clock clock;

	ProfileImporter(EventParser reader, BatchIngestor intake, IdGenerator ids, Clock clock) {
		this.reader = reader;
		this.intake = intake;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Reads and stores rows as they come, so that memory does not grow with the file.
	 * @param tenant whose people
	 * @param csv with a header row
	 * @return what became of every row
	 */
	ProfileImportReport importProfiles(TenantId tenant, Reader csv) throws IOException {
		String name = "import:" + this.ids.next();
		ProfileImportReport report = new ProfileImportReport();
		List<ParsedEvent> batch = new ArrayList<>(ROWS_A_BATCH);
		long line = 0;
		try (CSVParser parser = CSVParser.builder().setReader(withoutMark(csv)).setFormat(FORMAT).get()) {
			requireColumns(parser.getHeaderNames());
			line = parser.getCurrentLineNumber();
			for (CSVRecord row : parser) {
				report.count();
				line = parser.getCurrentLineNumber();
				person(row, line, name, report).ifPresent(batch::add);
				if (batch.size() == ROWS_A_BATCH) {
					store(tenant, batch, report);
				}
			}
		}
		catch (IllegalArgumentException | UncheckedIOException | CSVException ex) {
			// Behind a broken quote nothing can be trusted; what came before is stored
			report.abort(line + 1, String.valueOf(ex.getMessage()));
		}
		store(tenant, batch, report);
		return report;
	}

	/** Spreadsheets put a byte order mark in front of UTF-8. */
	private static Reader withoutMark(Reader csv) throws IOException {
		BufferedReader text = new BufferedReader(csv);
		text.mark(1);
		if (text.read() != BYTE_ORDER_MARK) {
			text.reset();
		}
		return text;
	}

	private void store(TenantId tenant, List<ParsedEvent> batch, ProfileImportReport report) {
		if (!batch.isEmpty()) {
			this.intake.ingest(tenant, List.copyOf(batch), this.clock.instant(), () -> {
			});
			report.accept(batch.size());
			batch.clear();
		}
	}

	private Optional<ParsedEvent> person(CSVRecord row, long line, String name, ProfileImportReport report) {
		if (!row.isConsistent()) {
			report.reject(line, "",
					"has %d values, the header has %d".formatted(row.size(), row.getParser().getHeaderNames().size()));
			return Optional.empty();
		}
		Problem problem = problem(row);
		if (problem != null) {
			report.reject(line, problem.column, problem.reason);
			return Optional.empty();
		}
		Instant now = this.clock.instant();
		EventBatch envelope = EventBatch
			.parseSingle(identify(row, name + ':' + line).toString().getBytes(StandardCharsets.UTF_8));
		return switch (this.reader.parse(envelope, "identify", now).getFirst()) {
			case EventParseResult.Parsed(ParsedEvent event) -> understood(event, row, line, report);
			case EventParseResult.Rejected bad -> {
				report.reject(line, bad.pointer(), bad.detail());
				yield Optional.empty();
			}
		};
	}

	/** An event may bring what nobody can use; of a file, somebody can mend it. */
	private static Optional<ParsedEvent> understood(ParsedEvent event, CSVRecord row, long line,
			ProfileImportReport report) {
		Traits traits = event.observation().traits();
		Problem problem = unused(row, "country", traits.country(),
				"is no country; write its ISO 3166 code or its English name");
		problem = (problem != null) ? problem
				: unused(row, "locale", traits.locale(), "is no language tag such as en-GB");
		problem = (problem != null) ? problem
				: unused(row, "timezone", traits.timeZone(), "is no IANA time zone such as Europe/Berlin");
		if (problem == null) {
			return Optional.of(event);
		}
		report.reject(line, problem.column, problem.reason);
		return Optional.empty();
	}

	private static @Nullable Problem unused(CSVRecord row, String column, @Nullable Object understood, String reason) {
		boolean said = row.isMapped(column) && !row.get(column).isEmpty();
		return (said && understood == null) ? new Problem(column, reason) : null;
	}

	private static @Nullable Problem problem(CSVRecord row) {
		if (row.get("userId").isEmpty()) {
			return new Problem("userId", "is missing");
		}
		if (row.isMapped("email") && !row.get("email").isEmpty() && EmailAddress.parse(row.get("email")).isEmpty()) {
			return new Problem("email", "is not an e-mail address");
		}
		for (String column : row.getParser().getHeaderNames()) {
			if (row.get(column).indexOf(UNDECODABLE) >= 0) {
				return new Problem(column, "has characters that are not UTF-8; save the file as UTF-8");
			}
			boolean unclear = column.startsWith(CONSENT) && !row.get(column).isEmpty()
					&& !ANSWERS.containsKey(row.get(column).toLowerCase(Locale.ROOT));
			if (unclear) {
				return new Problem(column, "must be true or false, yes or no, 1 or 0, or empty");
			}
		}
		return null;
	}

	private static ObjectNode identify(CSVRecord row, String messageId) {
		ObjectNode event = IngestionConfiguration.JSON.createObjectNode();
		event.put("userId", row.get("userId")).put("messageId", messageId);
		ObjectNode traits = event.putObject("traits");
		ObjectNode consents = IngestionConfiguration.JSON.createObjectNode();
		row.toMap().forEach((column, value) -> {
			if (value.isEmpty() || column.equals("userId")) {
				return;
			}
			if (column.startsWith(CONSENT)) {
				consents.put(column.substring(CONSENT.length()), ANSWERS.get(value.toLowerCase(Locale.ROOT)));
			}
			else if (column.equals("country")) {
				traits.putObject("address").put("country", value);
			}
			else {
				traits.put(column, value);
			}
		});
		if (!consents.isEmpty()) {
			event.putObject("context")
				.putObject("consent")
				.put("source", "import")
				.set("categoryPreferences", consents);
		}
		return event;
	}

	private static void requireColumns(List<String> header) {
		if (!header.contains("userId")) {
			throw InvalidRequest.badRequest("", "The header row needs a column userId; it may also have "
					+ String.join(", ", COLUMNS.stream().sorted().toList()) + " and consent.<topic>");
		}
		for (String column : header) {
			if (!COLUMNS.contains(column) && !column.startsWith(CONSENT)) {
				throw InvalidRequest.badRequest("/" + column, "is no known column; take it out, or rename it to one of "
						+ String.join(", ", COLUMNS.stream().sorted().toList()) + " or consent.<topic>");
			}
		}
	}

	private record Problem(String column, String reason) {
	}

}
