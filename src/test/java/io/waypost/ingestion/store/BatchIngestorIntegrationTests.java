package io.waypost.ingestion.store;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.waypost.identity.Identifier;
import io.waypost.identity.ProfilesMerged;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventIngestion;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.ingestion.InternalEvent;
import io.waypost.ingestion.TestIngestion;
import io.waypost.ingestion.parse.EventBatch;
import io.waypost.ingestion.parse.EventParseResult;
import io.waypost.ingestion.parse.ParsedEvent;
import io.waypost.kernel.ProfileId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** One batch is one transaction. */
class BatchIngestorIntegrationTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final List<Object> published = new ArrayList<>();

	private final TestIngestion ingestion = new TestIngestion(Clock.systemUTC(), this::receive);

	@Test
	void publishesMergesBeforeEventsInOneTransaction() {
		take(page("d", "m1"), track("u", null, "m2"));
		this.published.clear();
		take(track("u", "d", "m3"));
		assertThat(this.published).extracting((event) -> event.getClass().getSimpleName())
			.containsExactly("ProfilesMerged", "EventsRecorded");
	}

	@Test
	void publishesOnlyNewEventsInTheOrderOfOccurrence() {
		take(track("u", null, "m1"));
		this.published.clear();
		take(track("u", null, "m1"), later(track("u", null, "m3")), track("u", null, "m2"), track("u", null, "m2"));
		assertThat(this.published).singleElement()
			.satisfies((event) -> assertThat(((EventsRecorded) event).events()).extracting(Event::messageId)
				.containsExactly("m2", "m3"));
	}

	@Test
	void readsBackWhatItStored() {
		String odd = "tab\\t, new\\nline, back\\\\slash, \\\"quote\\\", \\u00e9, \ud83d\ude00";
		take("""
				{"type":"track","event":"%1$s","userId":"u","messageId":"%1$s","timestamp":"1999-12-31T23:59:59.123456Z",
				"properties":{"%1$s":"%1$s","n":[0.10,-1e-7,12345678901234567890],"none":null},"context":{"locale":"%1$s"}}
				"""
			.formatted(odd));
		Event published = ((EventsRecorded) this.published.getLast()).events().getFirst();
		Event stored = this.ingestion.log.of(this.ingestion.tenant, profile(Identifier.Type.USER_ID, "u"), 1, null)
			.items()
			.getFirst();
		assertThat(stored).isEqualTo(published);
		assertThat(stored.occurredAt()).isEqualTo("1999-12-31T23:59:59.123456Z");
		assertThat(stored.messageId()).contains("\t", "\n", "\\", "\"", "\u00e9", "\ud83d\ude00");
	}

	@Test
	void storesNothingWhenAListenerFails() {
		TestIngestion failing = new TestIngestion(Clock.systemUTC(), (event) -> {
			throw new IllegalStateException("a module cannot store the events");
		});
		List<ParsedEvent> batch = read(failing, track("u", null, "m1"));
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> failing.ingestor.ingest(failing.tenant, batch, NOON, () -> {
			}));
		assertThat(failing.identity.profiles().find(failing.tenant, new Identifier(Identifier.Type.USER_ID, "u")))
			.isEmpty();
		assertThat(count(failing, "ingestion.message_id")).isZero();
		assertThat(count(failing, "ingestion.event")).isZero();
	}

	@Test
	void storesEveryEventOnceUnderConcurrentOverlappingBatches() throws Exception {
		try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
			List<Future<Integer>> running = new ArrayList<>();
			for (int batch = 0; batch < 60; batch++) {
				int from = batch;
				running.add(threads.submit(() -> {
					List<String> events = new ArrayList<>();
					for (int i = 0; i < 10; i++) {
						int event = (from + i) % 60;
						events.add((event % 5 == 0) ? track("u" + event % 7, "d" + event % 11, "c" + event)
								: page("d" + event % 11, "c" + event));
					}
					return take(events.toArray(String[]::new));
				}));
			}
			int stored = 0;
			for (Future<Integer> one : running) {
				stored += one.get();
			}
			assertThat(stored).isEqualTo(60);
		}
		assertThat(count(this.ingestion, "ingestion.event")).isEqualTo(60);
	}

	@Test
	void storesInternalEventsForTheSurvivor() {
		take(page("d", "m1"), track("u", null, "m2"));
		ProfileId device = profile(Identifier.Type.ANONYMOUS_ID, "d");
		take(track("u", "d", "m3"));
		ProfileId user = profile(Identifier.Type.USER_ID, "u");
		InternalEvent delivered = new InternalEvent(device, "Email Delivered", Map.of("send", "s1"), NOON,
				"delivered-s1");
		EventIngestion eventIngestion = new EventIngestion(this.ingestion.ingestor, this.ingestion.reader,
				this.ingestion.clock);
		for (int i = 0; i < 2; i++) {
			this.ingestion.database.transactions()
				.executeWithoutResult((status) -> eventIngestion.record(this.ingestion.tenant, List.of(delivered)));
		}
		assertThat(this.ingestion.log.of(this.ingestion.tenant, user, 10, null).items())
			.filteredOn("name", "Email Delivered")
			.hasSize(1);
	}

	@Test
	void readsTheEventsKnownAtAPastTime() {
		take(track("u", null, "m1"));
		Instant between = this.ingestion.clock.instant();
		ProfileId user = profile(Identifier.Type.USER_ID, "u");
		assertThat(this.ingestion.log.knownAt(this.ingestion.tenant, user, between)).hasSize(1);
		assertThat(this.ingestion.log.knownAt(this.ingestion.tenant, user, NOON.minusSeconds(1))).isEmpty();
	}

	private synchronized void receive(Object event) {
		this.published.add(event);
		if (event instanceof ProfilesMerged merged) {
			new EventMergeListener(this.ingestion.rows).on(merged);
		}
	}

	private int take(String... events) {
		List<ParsedEvent> batch = read(this.ingestion, events);
		return this.ingestion.ingestor.ingest(this.ingestion.tenant, batch, this.ingestion.clock.instant(), () -> {
		});
	}

	private static List<ParsedEvent> read(TestIngestion ingestion, String... events) {
		EventBatch envelope = EventBatch
			.parse(("{\"batch\":[" + String.join(",", events) + "]}").getBytes(StandardCharsets.UTF_8));
		return ingestion.reader.parse(envelope, null, ingestion.clock.instant())
			.stream()
			.map((reading) -> ((EventParseResult.Parsed) reading).event())
			.toList();
	}

	private ProfileId profile(Identifier.Type type, String value) {
		return this.ingestion.identity.profiles()
			.find(this.ingestion.tenant, new Identifier(type, value))
			.orElseThrow();
	}

	private static long count(TestIngestion ingestion, String table) {
		return ingestion.database.client()
			.sql("select count(*) from " + table + " where tenant_id = ?")
			.param(ingestion.tenant.value())
			.query(Long.class)
			.single();
	}

	private static String track(String user, String device, String messageId) {
		String anonymous = (device != null) ? ",\"anonymousId\":\"" + device + '"' : "";
		return "{\"type\":\"track\",\"event\":\"e\",\"userId\":\"%s\",\"messageId\":\"%s\",\"timestamp\":\"%s\"%s}"
			.formatted(user, messageId, NOON, anonymous);
	}

	private static String page(String device, String messageId) {
		return "{\"type\":\"page\",\"anonymousId\":\"%s\",\"messageId\":\"%s\",\"timestamp\":\"%s\"}".formatted(device,
				messageId, NOON);
	}

	private static String later(String event) {
		return event.replace(NOON.toString(), NOON.plusSeconds(60).toString());
	}

}
