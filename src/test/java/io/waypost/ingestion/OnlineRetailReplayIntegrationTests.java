package io.waypost.ingestion;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.ingestion.http.TrackingApiClient;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Ingests the transactions of a real shop: every line is stored once, with its time and
 * customer. Reads the first lines only, see {@code -Dreplay.lines}.
 */
@WaypostTest
class OnlineRetailReplayIntegrationTests {

	private static final Path DATA = Path.of("../shared/data/online_retail/online_retail_2009-12_2010-11_train.csv.gz");

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

	private static final int LINES = Integer.getInteger("replay.lines", 20_000);

	private static final int BATCH = 500;

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Profiles profiles;

	@Autowired
	private EventLog log;

	private final Map<String, Integer> linesOf = new HashMap<>();

	@Test
	void storesEveryLineOnceInItsTime() throws IOException {
		assumeTrue(Files.exists(DATA), "no ../shared/data here: the shop's transactions are not replayed");
		TrackingApiClient client = new TrackingApiClient(this.port);
		Set<String> messages = new HashSet<>();
		List<String> batch = new ArrayList<>();
		for (CSVRecord line : lines()) {
			ObjectNode event = event(line);
			messages.add(event.get("messageId").asText());
			batch.add(event.toString());
			if (batch.size() == BATCH) {
				send(client, batch);
			}
		}
		send(client, batch);
		assertThat(
				this.jdbc.sql("select count(*) from ingestion.event where tenant_id = ? and message_id like 'retail-%'")
					.param(TestTenant.ID.value())
					.query(Long.class)
					.single())
			.isEqualTo(messages.size());
		String customer = this.linesOf.keySet().iterator().next();
		List<Event> events = this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.USER_ID, customer))
			.map((profile) -> this.log.of(TestTenant.ID, profile, 500, null).items())
			.orElseThrow();
		assertThat(events).hasSize(Math.min(500, this.linesOf.get(customer)));
		assertThat(events).allSatisfy((event) -> assertThat(event.occurredAt()).isBefore("2011-01-01T00:00:00Z"));
	}

	private static List<CSVRecord> lines() throws IOException {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(new GZIPInputStream(Files.newInputStream(DATA)), StandardCharsets.UTF_8))) {
			return CSVFormat.DEFAULT.builder()
				.setHeader()
				.setSkipHeaderRecord(true)
				.get()
				.parse(reader)
				.stream()
				.limit(LINES)
				.toList();
		}
	}

	private ObjectNode event(CSVRecord line) {
		String customer = "retail-" + line.get("customer_id");
		this.linesOf.merge(customer, 1, Integer::sum);
		int quantity = Integer.parseInt(line.get("quantity"));
		ObjectNode event = IngestionConfiguration.JSON.createObjectNode()
			.put("type", "track")
			.put("event", (quantity > 0) ? "Order Completed" : "Order Refunded")
			.put("userId", customer)
			.put("messageId", "retail-" + line.getRecordNumber())
			.put("timestamp", LocalDateTime.parse(line.get("invoice_date"), TIME).toInstant(ZoneOffset.UTC).toString());
		double price = Double.parseDouble(line.get("price"));
		ObjectNode properties = event.putObject("properties")
			.put("order_id", line.get("invoice"))
			.put("currency", "GBP")
			.put("total", price * quantity);
		properties.putArray("products")
			.addObject()
			.put("product_id", line.get("stock_code"))
			.put("name", line.get("description"))
			.put("price", price)
			.put("quantity", quantity);
		return event;
	}

	private static void send(TrackingApiClient client, List<String> batch) {
		if (!batch.isEmpty()) {
			assertThat(client.post("/v1/batch", "{\"batch\":[" + String.join(",", batch) + "]}").statusCode())
				.isEqualTo(200);
			batch.clear();
		}
	}

}
