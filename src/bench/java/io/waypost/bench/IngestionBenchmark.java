package io.waypost.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Durable events per second through {@code POST /v1/batch}, 100 per batch, with identity
 * and features, on the machine that also runs the database and the load generator; and
 * rows per second with COPY into the same table.
 */
class IngestionBenchmark {

	private static final int CLIENTS = Integer.getInteger("bench.clients", 16);

	private static final int BATCH = 100;

	private static final int WARM_UP = Integer.getInteger("bench.warmup", 5000);

	private static final int MEASURED = Integer.getInteger("bench.batches", 5000);

	private static final int PEOPLE = Integer.getInteger("bench.people", 8000);

	@Test
	void ingestsBatchesOverHttp() throws Exception {
		try (BenchmarkApplication application = BenchmarkApplication.start();
				ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
			JdbcTemplate jdbc = application.owner();
			send(application, threads, introductions());
			send(application, threads, batches("w", WARM_UP / CLIENTS));
			List<RequestBodies> measured = batches("m", MEASURED / CLIENTS);
			jdbc.execute("vacuum analyze");
			long before = stored(jdbc);
			CpuTime cpu = CpuTime.now(application.data());
			long start = System.nanoTime();
			long[] latencies = send(application, threads, measured);
			CpuTime used = CpuTime.now(application.data()).since(cpu);
			double seconds = (System.nanoTime() - start) / 1e9;
			long stored = stored(jdbc) - before;
			assertThat(stored).isEqualTo((long) latencies.length * BATCH);
			double copied = copy(jdbc);
			new BenchmarkReport("ingestion", "%d events a batch from %d connections, %d people; mix: %s".formatted(BATCH, CLIENTS,
					PEOPLE, VisitorSimulator.MIX))
				.add("durable events/s over HTTP", stored / seconds)
				.add("events", stored)
				.add("CPU of the JVM (including load), us per event", used.jvm() / 1e3 / stored)
				.add("CPU of PostgreSQL, us per event", used.children() / 1e3 / stored)
				.add("request p50 ms", percentile(latencies, 0.50))
				.add("request p95 ms", percentile(latencies, 0.95))
				.add("request p99 ms", percentile(latencies, 0.99))
				.add("baseline: COPY rows/s, 1 connection", copied)
				.add("HTTP ingestion as a share of COPY", stored / seconds / copied)
				.publish();
		}
	}

	private static List<RequestBodies> batches(String name, int each) throws IOException {
		List<RequestBodies> batches = new ArrayList<>();
		for (int client = 0; client < CLIENTS; client++) {
			// Warm-up and measurement use the same people with different messages
			VisitorSimulator shoppers = new VisitorSimulator(name(client), 31L * client + name.hashCode(), name, PEOPLE / CLIENTS);
			batches.add(RequestBodies.of(each, () -> shoppers.batch(BATCH)));
		}
		return batches;
	}

	private static List<RequestBodies> introductions() throws IOException {
		List<RequestBodies> batches = new ArrayList<>();
		int each = PEOPLE / CLIENTS;
		for (int client = 0; client < CLIENTS; client++) {
			VisitorSimulator shoppers = new VisitorSimulator(name(client), client, "i", each);
			PrimitiveIterator.OfInt from = IntStream.iterate(0, (it) -> it + BATCH).iterator();
			batches.add(RequestBodies.of(Math.ceilDiv(each, BATCH), () -> {
				int first = from.nextInt();
				return shoppers.introduction(first, Math.min(each, first + BATCH));
			}));
		}
		return batches;
	}

	/**
	 * Names have the same length, so that person 10 of shop 1 is not person 0 of shop 11.
	 */
	private static String name(int client) {
		return "%03d".formatted(client);
	}

	/** Posts all bodies and returns the latencies in ascending order. */
	private static long[] send(BenchmarkApplication application, ExecutorService threads, List<RequestBodies> loads)
			throws Exception {
		List<Future<long[]>> clients = new ArrayList<>();
		for (RequestBodies load : loads) {
			clients.add(threads.submit(() -> client(application, load)));
		}
		long[] all = new long[0];
		for (Future<long[]> client : clients) {
			long[] latencies = client.get(10, TimeUnit.MINUTES);
			all = Arrays.copyOf(all, all.length + latencies.length);
			System.arraycopy(latencies, 0, all, all.length - latencies.length, latencies.length);
		}
		Arrays.sort(all);
		return all;
	}

	private static long[] client(BenchmarkApplication application, RequestBodies load) throws Exception {
		long[] latencies = new long[load.size()];
		try (load;
				HttpLoadClient client = new BenchmarkShop(application).httpClient()) {
			for (int i = 0; i < latencies.length; i++) {
				byte[] body = load.body(i);
				long start = System.nanoTime();
				int status = client.post(body);
				latencies[i] = System.nanoTime() - start;
				assertThat(status).isEqualTo(200);
			}
		}
		return latencies;
	}

	/** Copies the same rows within the table, as text, 1,000 per transaction. */
	private static double copy(JdbcTemplate jdbc) {
		int rows = 50_000;
		List<byte[]> chunks = new ArrayList<>();
		for (int from = 0; from < rows; from += 1000) {
			int offset = from;
			chunks.add(jdbc.execute((Connection connection) -> read(connection, offset, 1000)));
		}
		long start = System.nanoTime();
		jdbc.execute((Connection connection) -> write(connection, chunks));
		return rows / ((System.nanoTime() - start) / 1e9);
	}

	private static byte[] read(Connection connection, int offset, int rows) throws SQLException {
		try {
			ByteArrayOutputStream text = new ByteArrayOutputStream();
			copies(connection).copyOut(
					"copy (select * from ingestion.event offset %d limit %d) to stdout".formatted(offset, rows), text);
			return text.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Long write(Connection connection, List<byte[]> chunks) throws SQLException {
		try {
			for (byte[] chunk : chunks) {
				copies(connection).copyIn("copy ingestion.event from stdin", new ByteArrayInputStream(chunk));
			}
			return (long) chunks.size();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static CopyManager copies(Connection connection) throws SQLException {
		return connection.unwrap(PGConnection.class).getCopyAPI();
	}

	private static long stored(JdbcTemplate jdbc) {
		return jdbc.queryForObject("select count(*) from ingestion.event where tenant_id = 'bench'", Long.class);
	}

	private static double percentile(long[] sorted, double share) {
		return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
	}

}
