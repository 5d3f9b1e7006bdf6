package io.waypost.audience.projection;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waypost.bench.BenchApplication;
import io.waypost.bench.Report;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventIngestion;
import io.waypost.kernel.ProfileId;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What segments cost an event: in the transaction that stores it, and behind it when it is
 * folded.
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
	void foldsWhatCameIn() throws Exception {
		try (BenchApplication application = BenchApplication.start("waypost.audience.fold-interval=PT1H")) {
			EventIngestion intake = application.bean(EventIngestion.class);
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			take(intake, BATCHES / 3, "w");
			drain(application.bean(Projector.class));
			take(intake, BATCHES, "m");
			jdbc.execute("vacuum analyze");
			long before = deeds(jdbc);
			long people = jdbc.queryForObject("select count(distinct profile) from audience.queue, unnest(profiles) profile",
					Long.class);
			long start = System.nanoTime();
			List<Double> folds = drain(application.bean(Projector.class));
			double seconds = (System.nanoTime() - start) / 1e9;
			long folded = deeds(jdbc) - before;
			assertThat(folded).isEqualTo((long) BATCHES * BATCH);
			new Report("folding", "%d events a batch, %d people of whom %d did something".formatted(BATCH, PEOPLE, people))
				.add("queue row in the transaction of the events, us an event", put(application))
				.add("events folded/s on one thread", folded / seconds)
				.add("fold, us an event (10,000 events at a time)", seconds * 1e6 / folded)
				.add("longest fold, s", folds.stream().max(Double::compare).orElseThrow())
				.publish();
		}
	}

	private static List<Double> drain(Projector folder) {
		List<Double> folds = new ArrayList<>();
		int rows;
		do {
			long start = System.nanoTime();
			rows = folder.project(10_000);
			folds.add((System.nanoTime() - start) / 1e9);
		}
		while (rows > 0);
		return folds;
	}

	/** One transaction a row, less what an empty transaction costs. */
	private double put(BenchApplication application) {
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
					queue.enqueue(BenchApplication.TENANT, Activities.of(events));
				}
				last[0] = (System.nanoTime() - start) / 1e3 / 1000 / BATCH;
			}
			status.setRollbackOnly();
		});
		return last[0];
	}

	private void take(EventIngestion intake, int batches, String name) {
		for (int batch = 0; batch < batches; batch++) {
			StringBuilder body = new StringBuilder("{\"batch\":[");
			for (int i = 0; i < BATCH; i++) {
				body.append((i > 0) ? "," : "")
					.append("{\"type\":\"track\",\"messageId\":\"%s-%d-%d\",\"userId\":\"u%d\",\"event\":\"%s\",\"properties\":{\"category\":\"%s\",\"price\":9.5,\"product_id\":\"p\"}}"
						.formatted(name, batch, i, this.random.nextInt(PEOPLE), pick(NAMES), pick(CATEGORIES)));
			}
			intake.ingest(BenchApplication.TENANT, body.append("]}").toString().getBytes(StandardCharsets.UTF_8));
		}
	}

	private static long deeds(JdbcTemplate jdbc) {
		return jdbc.queryForObject("select count(*) from audience.deed", Long.class);
	}

	private <T> T pick(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
