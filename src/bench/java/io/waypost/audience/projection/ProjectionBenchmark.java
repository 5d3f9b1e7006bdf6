package io.waypost.audience.projection;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waypost.bench.BenchmarkApplication;
import io.waypost.bench.BenchmarkReport;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventIngestion;
import io.waypost.kernel.ProfileId;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cost of segments per event: in the transaction that stores the event, and later in the
 * projection.
 */
class ProjectionBenchmark {

	private static final int BATCH = 100;

	private static final int BATCHES = Integer.getInteger("bench.batches", 600);

	private static final int PEOPLE = Integer.getInteger("bench.people", 20_000);

	private static final List<String> NAMES = List.of("Product Viewed", "Product Viewed", "Product Added",
			"Checkout Started", "Order Completed", "Email Opened");

	private static final List<String> CATEGORIES = List.of("Garden", "Kitchen", "Tents", "Shoes", "Light", "Rugs");

	private final Random random = new Random(11);

	@Test
	void projectsQueuedEvents() throws Exception {
		try (BenchmarkApplication application = BenchmarkApplication.start("waypost.audience.projection-interval=PT1H")) {
			EventIngestion ingestion = application.bean(EventIngestion.class);
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			take(ingestion, BATCHES / 3, "w");
			drain(application.bean(Projector.class));
			take(ingestion, BATCHES, "m");
			jdbc.execute("vacuum analyze");
			long before = activities(jdbc);
			long people = jdbc.queryForObject("select count(distinct profile) from audience.projection_queue, unnest(profiles) profile",
					Long.class);
			long start = System.nanoTime();
			List<Double> batches = drain(application.bean(Projector.class));
			double seconds = (System.nanoTime() - start) / 1e9;
			long projected = activities(jdbc) - before;
			assertThat(projected).isEqualTo((long) BATCHES * BATCH);
			new BenchmarkReport("projection", "%d events per batch, %d people, %d of them with activities".formatted(BATCH, PEOPLE, people))
				.add("queue row in the transaction of the events, us an event", enqueueTime(application))
				.add("events projected/s on one thread", projected / seconds)
				.add("projection, us an event (10,000 events at a time)", seconds * 1e6 / projected)
				.add("longest batch, s", batches.stream().max(Double::compare).orElseThrow())
				.publish();
		}
	}

	private static List<Double> drain(Projector projector) {
		List<Double> batches = new ArrayList<>();
		int rows;
		do {
			long start = System.nanoTime();
			rows = projector.project(10_000);
			batches.add((System.nanoTime() - start) / 1e9);
		}
		while (rows > 0);
		return batches;
	}

	/** Time to enqueue one event, without the cost of the transaction. */
	private double enqueueTime(BenchmarkApplication application) {
		ProjectionQueue queue = application.bean(ProjectionQueue.class);
		List<Event> events = new ArrayList<>();
		for (int i = 0; i < BATCH; i++) {
			events.add(new Event(new UUID(0, i), new ProfileId(new UUID(this.random.nextLong(), i)), "track", pick(NAMES),
					JsonNodeFactory.instance.objectNode().put("category", pick(CATEGORIES)).put("price", 9.5),
					JsonNodeFactory.instance.objectNode(), Instant.now(), Instant.now(), "m" + i));
		}
		TransactionTemplate transaction = application.bean(TransactionTemplate.class);
		double[] last = new double[1];
		transaction.executeWithoutResult((status) -> {
			for (int round = 0; round < 4; round++) {
				long start = System.nanoTime();
				for (int i = 0; i < 1000; i++) {
					queue.enqueue(BenchmarkApplication.TENANT, Activities.of(events));
				}
				last[0] = (System.nanoTime() - start) / 1e3 / 1000 / BATCH;
			}
			status.setRollbackOnly();
		});
		return last[0];
	}

	private void take(EventIngestion ingestion, int batches, String name) {
		for (int batch = 0; batch < batches; batch++) {
			StringBuilder body = new StringBuilder("{\"batch\":[");
			for (int i = 0; i < BATCH; i++) {
				body.append((i > 0) ? "," : "")
					.append("{\"type\":\"track\",\"messageId\":\"%s-%d-%d\",\"userId\":\"u%d\",\"event\":\"%s\",\"properties\":{\"category\":\"%s\",\"price\":9.5,\"product_id\":\"p\"}}"
						.formatted(name, batch, i, this.random.nextInt(PEOPLE), pick(NAMES), pick(CATEGORIES)));
			}
			ingestion.ingest(BenchmarkApplication.TENANT, body.append("]}").toString().getBytes(StandardCharsets.UTF_8));
		}
	}

	private static long activities(JdbcTemplate jdbc) {
		return jdbc.queryForObject("select count(*) from audience.activity", Long.class);
	}

	private <T> T pick(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
