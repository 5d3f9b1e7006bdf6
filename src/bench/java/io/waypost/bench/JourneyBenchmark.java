package io.waypost.bench;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.waypost.content.BrandKit;
import io.waypost.content.BrandKits;
import io.waypost.content.Catalogue;
import io.waypost.content.CatalogueItem;
import io.waypost.content.Product;
import io.waypost.content.Template;
import io.waypost.content.Templates;
import io.waypost.kernel.Money;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * How long it takes from a posted event to a message that the provider accepted, at 50
 * events a second, and how many such journeys a second the product keeps up: the journey
 * {@code milestone}, which waits for nothing, with every agent, full history and the sandbox
 * as provider. Each person has four orders from last year and completes the fifth.
 */
class JourneyBenchmark {

	private static final int WARM_UP = Integer.getInteger("bench.journeys.warmup", 6000);

	private static final int PACED = Integer.getInteger("bench.journeys.paced", 1500);

	private static final int BURST = Integer.getInteger("bench.journeys.burst", 6000);

	private static final int RATE = 50;

	private static final String ACTOR = "user:bench";

	@Test
	void congratulates() throws Exception {
		try (BenchApplication application = BenchApplication.start()) {
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			stock(application);
			introduce(application, WARM_UP + PACED + BURST);
			burst(application, jdbc, 0, WARM_UP);
			jdbc.execute("vacuum analyze");
			double[] latencies = paced(application, jdbc, WARM_UP, PACED);
			CpuTime before = CpuTime.now(application.data());
			double seconds = burst(application, jdbc, WARM_UP + PACED, BURST);
			CpuTime spent = CpuTime.now(application.data()).since(before);
			new Report("journeys", "milestone: event, run, 8 agent steps, dispatch, sandbox; %d at %d/s, then %d at once"
				.formatted(PACED, RATE, BURST)).add("event POST to ESP accept p50 ms", percentile(latencies, 0.50))
				.add("event POST to ESP accept p95 ms", percentile(latencies, 0.95))
				.add("event POST to ESP accept p99 ms", percentile(latencies, 0.99))
				.add("journeys/s sustained", BURST / seconds)
				.add("CPU of the JVM, ms a journey", spent.jvm() / 1e6 / BURST)
				.add("CPU of PostgreSQL, ms a journey", spent.children() / 1e6 / BURST)
				.publish();
		}
	}

	/** One event at a time, on schedule whatever the answers take; nothing is left out. */
	private static double[] paced(BenchApplication application, JdbcTemplate jdbc, int from, int count)
			throws Exception {
		try (HttpWire wire = wire(application)) {
			postPaced(wire, from, count);
		}
		awaitAccepted(application, jdbc, from + count);
		return latencies(jdbc, from, count);
	}

	private static void postPaced(HttpWire wire, int from, int count) throws Exception {
		long begin = System.nanoTime();
		for (int i = 0; i < count; i++) {
			long due = begin + i * 1_000_000_000L / RATE;
			LockSupport.parkNanos(due - System.nanoTime());
			assertThat(wire.post(batch(from + i, from + i + 1))).isEqualTo(200);
		}
	}

	private static double[] latencies(JdbcTemplate jdbc, int from, int count) {
		double[] latencies = jdbc
			.queryForList("""
					select extract(epoch from accepted_at - (trigger->>'at')::timestamptz) * 1000 from delivery.send
					where tenant_id = 'bench' order by id offset ? limit ?
					""", Double.class, from, count)
			.stream()
			.mapToDouble(Double::doubleValue)
			.sorted()
			.toArray();
		assertThat(latencies).hasSize(count);
		return latencies;
	}

	private static double burst(BenchApplication application, JdbcTemplate jdbc, int from, int count)
			throws Exception {
		long begin = System.nanoTime();
		try (HttpWire wire = wire(application)) {
			for (int i = from; i < from + count; i += 100) {
				assertThat(wire.post(batch(i, Math.min(i + 100, from + count)))).isEqualTo(200);
			}
		}
		awaitAccepted(application, jdbc, from + count);
		return (System.nanoTime() - begin) / 1e9;
	}

	/** Asks the meters, because asking the database costs what is being measured. */
	private static void awaitAccepted(BenchApplication application, JdbcTemplate jdbc, long wanted) {
		MeterRegistry meters = application.bean(MeterRegistry.class);
		long deadline = System.nanoTime() + 300_000_000_000L;
		while (meters.find("waypost.delivery.send.land").tag("outcome", "accepted").counters().stream()
			.mapToDouble(Counter::count).sum() < wanted) {
			if (System.nanoTime() > deadline) {
				fail("%d wanted: %s", wanted,
						jdbc.queryForList("select status, reason, count(*) from delivery.send group by 1, 2"));
			}
			LockSupport.parkNanos(20_000_000);
		}
		assertThat(accepted(jdbc)).isEqualTo(wanted);
	}

	private static long accepted(JdbcTemplate jdbc) {
		return jdbc.queryForObject("select count(*) from delivery.send where accepted_at is not null", Long.class);
	}

	private static byte[] batch(int from, int to) {
		StringBuilder body = new StringBuilder("{\"batch\":[");
		for (int i = from; i < to; i++) {
			body.append((i > from) ? "," : "")
				.append(order(i, 5, Instant.now()));
		}
		return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
	}

	private static String order(int person, int number, Instant at) {
		return """
				{"type":"track","messageId":"o%1$d-%2$d","userId":"p%1$d","event":"Order Completed","timestamp":"%3$s",
				"properties":{"order_id":"%1$d-%2$d","total":19.95,"currency":"GBP",
				"products":[{"product_id":"teapot","name":"Blue teapot","price":19.95,"quantity":1,"category":"Kitchen"}]}}
				""".formatted(person, number, at);
	}

	private static void introduce(BenchApplication application, int people) throws Exception {
		try (HttpWire wire = wire(application)) {
			for (int from = 0; from < people; from += 20) {
				StringBuilder body = new StringBuilder("{\"batch\":[");
				for (int i = from; i < Math.min(from + 20, people); i++) {
					body.append((i > from) ? "," : "")
						.append("""
								{"type":"identify","messageId":"i%1$d","userId":"p%1$d","traits":{"email":"p%1$d@example.com",
								"firstName":"Ada","timezone":"%2$s","address":{"country":"GB"}},
								"context":{"consent":{"categoryPreferences":{"marketing":true}}}}
								""".formatted(i, noon()));
					for (int earlier = 1; earlier < 5; earlier++) {
						body.append(',').append(order(i, earlier, Instant.now().minus(Duration.ofDays(90L * earlier))));
					}
				}
				assertThat(wire.post(body.append("]}").toString().getBytes(StandardCharsets.UTF_8))).isEqualTo(200);
			}
		}
	}

	/** A zone where it is the middle of the day, so that quiet hours do not interfere. */
	private static String noon() {
		int west = Instant.now().atOffset(ZoneOffset.UTC).getHour() - 12;
		return (west == 0) ? "Etc/GMT" : "Etc/GMT%+d".formatted(west);
	}

	private static void stock(BenchApplication application) {
		BrandKits brands = application.bean(BrandKits.class);
		BrandKit kit = brands.add(BenchApplication.TENANT, ACTOR,
				new BrandKit(0, "Bench Shop", "hello@shop.example", List.of("Bench Shop", "1 High Street", "London"),
						"https://shop.example", "https://shop.example/logo.png", "#224466", Set.of("shop.example"),
						Set.of()));
		brands.approve(BenchApplication.TENANT, ACTOR, kit.version());
		Templates templates = application.bean(Templates.class);
		Template milestone = templates.add(BenchApplication.TENANT, ACTOR,
				new Template("milestone", 0, "marketing", "en", null, null, null, null, null, false));
		templates.approve(BenchApplication.TENANT, ACTOR, "milestone", milestone.version());
		application.bean(Catalogue.class)
			.save(BenchApplication.TENANT,
					List.of(new CatalogueItem(new Product("teapot", "Blue teapot", "Kitchen",
							new Money(new BigDecimal("19.95"), Currency.getInstance("GBP")),
							"https://shop.example/teapot.png", "https://shop.example/teapot"), 10)));
	}

	private static HttpWire wire(BenchApplication application) throws Exception {
		String key = Base64.getEncoder()
			.encodeToString((BenchApplication.WRITE_KEY + ":").getBytes(StandardCharsets.US_ASCII));
		return new HttpWire(application.port(), "/v1/batch",
				"Content-Type: application/json\r\nAuthorization: Basic " + key + "\r\n");
	}

	private static double percentile(double[] sorted, double share) {
		return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
	}

}
