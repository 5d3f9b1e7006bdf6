package io.waypost.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Time from a posted event to the accepted message, at 50 events per second, and
 * sustained journeys per second. Uses the journey {@code milestone}, which has no waits,
 * with every agent, full history and the sandbox. Each person has four orders from last
 * year and completes the fifth.
 */
class JourneyBenchmark {

	/** Enough for the JIT compiler: about two minutes. */
	private static final int WARM_UP = Integer.getInteger("bench.journeys.warmup", 20_000);

	private static final int PACED = Integer.getInteger("bench.journeys.paced", 1500);

	private static final int BURST = Integer.getInteger("bench.journeys.burst", 6000);

	private static final int RATE = 50;

	@Test
	void sendsMilestoneMessages() throws Exception {
		try (BenchmarkApplication application = BenchmarkApplication.start()) {
			JdbcTemplate jdbc = application.owner();
			BenchmarkShop shop = new BenchmarkShop(application);
			shop.addBrandKit();
			shop.addTemplate("milestone");
			shop.addProduct();
			shop.importProfiles(WARM_UP + PACED + BURST, 20, JourneyBenchmark::person);
			burst(application, jdbc, 0, WARM_UP);
			jdbc.execute("vacuum analyze");
			double[] latencies = paced(application, jdbc, WARM_UP, PACED);
			CpuTime before = CpuTime.now(application.data());
			double seconds = burst(application, jdbc, WARM_UP + PACED, BURST);
			CpuTime spent = CpuTime.now(application.data()).since(before);
			new BenchmarkReport("journeys", "milestone: event, run, 8 agent steps, dispatch, sandbox; %d at %d/s, then %d at once"
				.formatted(PACED, RATE, BURST)).add("event POST to ESP accept p50 ms", percentile(latencies, 0.50))
				.add("event POST to ESP accept p95 ms", percentile(latencies, 0.95))
				.add("event POST to ESP accept p99 ms", percentile(latencies, 0.99))
				.add("journeys/s sustained", BURST / seconds)
				.add("CPU of the JVM, ms per journey", spent.jvm() / 1e6 / BURST)
				.add("CPU of PostgreSQL, ms per journey", spent.children() / 1e6 / BURST)
				.publish();
		}
	}

	/**
	 * Posts one event at a time on a fixed schedule, regardless of response times, so
	 * that no latency is omitted.
	 */
	private static double[] paced(BenchmarkApplication application, JdbcTemplate jdbc, int from, int count)
			throws Exception {
		try (HttpLoadClient client = new BenchmarkShop(application).httpClient()) {
			postPaced(client, from, count);
		}
		new BenchmarkShop(application).awaitAccepted(jdbc, from + count);
		return latencies(jdbc, from, count);
	}

	private static void postPaced(HttpLoadClient client, int from, int count) throws Exception {
		long begin = System.nanoTime();
		for (int i = 0; i < count; i++) {
			long due = begin + i * 1_000_000_000L / RATE;
			LockSupport.parkNanos(due - System.nanoTime());
			assertThat(client.post(orders(from + i, from + i + 1))).isEqualTo(200);
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

	private static double burst(BenchmarkApplication application, JdbcTemplate jdbc, int from, int count)
			throws Exception {
		long begin = System.nanoTime();
		try (HttpLoadClient client = new BenchmarkShop(application).httpClient()) {
			for (int i = from; i < from + count; i += 100) {
				assertThat(client.post(orders(i, Math.min(i + 100, from + count)))).isEqualTo(200);
			}
		}
		new BenchmarkShop(application).awaitAccepted(jdbc, from + count);
		return (System.nanoTime() - begin) / 1e9;
	}

	private static String order(int person, int number, Instant at) {
		return """
				{"type":"track","messageId":"o%1$d-%2$d","userId":"p%1$d","event":"Order Completed","timestamp":"%3$s",
				"properties":{"order_id":"%1$d-%2$d","total":19.95,"currency":"GBP",
				"products":[{"product_id":"teapot","name":"Blue teapot","price":19.95,"quantity":1,"category":"Kitchen"}]}}
				""".formatted(person, number, at);
	}

	private static byte[] orders(int from, int to) {
		return BenchmarkShop.batch(from, to, (person) -> order(person, 5, Instant.now()));
	}

	private static String person(int number) {
		StringBuilder events = new StringBuilder("""
				{"type":"identify","messageId":"i%1$d","userId":"p%1$d","traits":{"email":"p%1$d@example.com",
				"firstName":"Ada","timezone":"%2$s","address":{"country":"GB"}},
				"context":{"consent":{"categoryPreferences":{"marketing":true}}}}
				""".formatted(number, BenchmarkShop.middayTimeZone()));
		for (int earlier = 1; earlier < 5; earlier++) {
			events.append(',').append(order(number, earlier, Instant.now().minus(Duration.ofDays(90L * earlier))));
		}
		return events.toString();
	}

	private static double percentile(double[] sorted, double share) {
		return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
	}

}
