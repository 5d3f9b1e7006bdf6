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
import io.waypost.access.InvalidRequestException;
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
 * Imports profiles from CSV. Each row becomes an {@code identify} event; 500 rows are one
 * transaction. Every row is either accepted or reported as rejected.
 */
@Component
class ProfileImporter {

	static final int BATCH_SIZE = 500;

	private static final Set<String> COLUMNS = Set.of("userId", "email", "firstName", "lastName", "phone", "country",
			"locale", "timezone");

	private static final String CONSENT = "consent.";

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	/** The decoder's replacement for invalid bytes. */
	private static final char UNDECODABLE = '\uFFFD';

	private static final Map<String, Boolean> ANSWERS = Map.of("true", true, "yes", true, "1", true, "false", false,
			"no", false, "0", false);

	private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder()
		.setHeader()
		.setSkipHeaderRecord(true)
		.setIgnoreSurroundingSpaces(true)
		.setIgnoreEmptyLines(true)
		.get();

	private final EventParser parser;

	private final BatchIngestor ingestor;

	private final IdGenerator ids;

	private final Clock clock;

	ProfileImporter(EventParser parser, BatchIngestor ingestor, IdGenerator ids, Clock clock) {
		this.parser = parser;
		this.ingestor = ingestor;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Imports a file. Rows are streamed, so memory does not grow with the file.
	 * @param tenant the tenant
	 * @param csv with a header row
	 * @return the accepted and rejected rows
	 */
	ProfileImportReport importProfiles(TenantId tenant, Reader csv) throws IOException {
		String name = "import:" + this.ids.next();
		ProfileImportReport report = new ProfileImportReport();
		List<ParsedEvent> batch = new ArrayList<>(BATCH_SIZE);
		long line = 0;
		try (CSVParser parser = CSVParser.builder().setReader(withoutMark(csv)).setFormat(FORMAT).get()) {
			requireColumns(parser.getHeaderNames());
			line = parser.getCurrentLineNumber();
			for (CSVRecord row : parser) {
				report.count();
				line = parser.getCurrentLineNumber();
				person(row, line, name, report).ifPresent(batch::add);
				if (batch.size() == BATCH_SIZE) {
					store(tenant, batch, report);
				}
			}
		}
		catch (IllegalArgumentException | UncheckedIOException | CSVException ex) {
			// After an unclosed quote no row is reliable; the rows before it are stored
			report.abort(line + 1, String.valueOf(ex.getMessage()));
		}
		store(tenant, batch, report);
		return report;
	}

	/** Skips the byte order mark that spreadsheets write before UTF-8. */
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
			this.ingestor.ingest(tenant, List.copyOf(batch), this.clock.instant(), () -> {
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
		return switch (this.parser.parse(envelope, "identify", now).getFirst()) {
			case EventParseResult.Parsed(ParsedEvent event) -> requireUsable(event, row, line, report);
			case EventParseResult.Rejected bad -> {
				report.reject(line, bad.pointer(), bad.detail());
				yield Optional.empty();
			}
		};
	}

	/**
	 * Rejects values that cannot be used. An event with such a value is accepted, but the
	 * author of a file can correct it.
	 */
	private static Optional<ParsedEvent> requireUsable(ParsedEvent event, CSVRecord row, long line,
			ProfileImportReport report) {
		Traits traits = event.observation().traits();
		Problem problem = unusable(row, "country", traits.country(),
				"is not a country; use its ISO 3166 code or its English name");
		problem = (problem != null) ? problem
				: unusable(row, "locale", traits.locale(), "is not a language tag such as en-GB");
		problem = (problem != null) ? problem
				: unusable(row, "timezone", traits.timeZone(), "is not an IANA time zone such as Europe/Berlin");
		if (problem == null) {
			return Optional.of(event);
		}
		report.reject(line, problem.column, problem.reason);
		return Optional.empty();
	}

	private static @Nullable Problem unusable(CSVRecord row, String column, @Nullable Object requireUsable,
			String reason) {
		boolean hasValue = row.isMapped(column) && !row.get(column).isEmpty();
		return (hasValue && requireUsable == null) ? new Problem(column, reason) : null;
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
			throw InvalidRequestException.badRequest("", "The header row needs a column userId; it may also have "
					+ String.join(", ", COLUMNS.stream().sorted().toList()) + " and consent.<topic>");
		}
		for (String column : header) {
			if (!COLUMNS.contains(column) && !column.startsWith(CONSENT)) {
				throw InvalidRequestException.badRequest("/" + column,
						"is not a known column; remove it, or rename it to one of "
								+ String.join(", ", COLUMNS.stream().sorted().toList()) + " or consent.<topic>");
			}
		}
	}

	private record Problem(String column, String reason) {
	}

}
