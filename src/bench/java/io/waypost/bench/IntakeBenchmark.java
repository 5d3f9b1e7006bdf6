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
 * How many durable events a second come in through {@code POST /v1/batch}, 100 a batch, with
 * identity and features, on the machine that also runs the database and the load; and how
 * many rows a second COPY puts into the same table.
 */
class IntakeBenchmark {

	private static final int CLIENTS = Integer.getInteger("bench.clients", 16);

	private static final int BATCH = 100;

	private static final int WARM_UP = Integer.getInteger("bench.warmup", 5000);

	private static final int MEASURED = Integer.getInteger("bench.batches", 5000);

	private static final int PEOPLE = Integer.getInteger("bench.people", 8000);

	@Test
	void takesInBatchesOverHttp() throws Exception {
		try (BenchApplication application = BenchApplication.start();
				ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			send(application, threads, introductions());
			send(application, threads, batches("w", WARM_UP / CLIENTS));
			List<Load> measured = batches("m", MEASURED / CLIENTS);
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
			new Report("intake", "%d events a batch from %d connections, %d people; mix: %s".formatted(BATCH, CLIENTS,
					PEOPLE, Shoppers.MIX))
				.add("durable events/s over HTTP", stored / seconds)
				.add("events", stored)
				.add("CPU of the JVM (load included), us an event", used.jvm() / 1e3 / stored)
				.add("CPU of PostgreSQL, us an event", used.children() / 1e3 / stored)
				.add("request p50 ms", percentile(latencies, 0.50))
				.add("request p95 ms", percentile(latencies, 0.95))
				.add("request p99 ms", percentile(latencies, 0.99))
				.add("bare COPY rows/s, 1 connection", copied)
				.add("HTTP intake as a share of bare COPY", stored / seconds / copied)
				.publish();
		}
	}

	private static List<Load> batches(String name, int each) throws IOException {
		List<Load> batches = new ArrayList<>();
		for (int client = 0; client < CLIENTS; client++) {
			// Warm-up and measurement meet the same people with other messages
			Shoppers shoppers = new Shoppers(name(client), 31L * client + name.hashCode(), name, PEOPLE / CLIENTS);
			batches.add(Load.of(each, () -> shoppers.batch(BATCH)));
		}
		return batches;
	}

	private static List<Load> introductions() throws IOException {
		List<Load> batches = new ArrayList<>();
		int each = PEOPLE / CLIENTS;
		for (int client = 0; client < CLIENTS; client++) {
			Shoppers shoppers = new Shoppers(name(client), client, "i", each);
			PrimitiveIterator.OfInt from = IntStream.iterate(0, (it) -> it + BATCH).iterator();
			batches.add(Load.of(Math.ceilDiv(each, BATCH), () -> {
				int first = from.nextInt();
				return shoppers.introduction(first, Math.min(each, first + BATCH));
			}));
		}
		return batches;
	}

	/** Of one length, or person 10 of shop 1 would be person 0 of shop 11. */
	private static String name(int client) {
		return "%03d".formatted(client);
	}

	/** Posts all of it and returns how long each request took, shortest first. */
	private static long[] send(BenchApplication application, ExecutorService threads, List<Load> loads)
			throws Exception {
		List<Future<long[]>> clients = new ArrayList<>();
		for (Load load : loads) {
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

	private static long[] client(BenchApplication application, Load load) throws Exception {
		long[] latencies = new long[load.size()];
		try (load;
				HttpWire wire = new BenchShop(application).wire()) {
			for (int i = 0; i < latencies.length; i++) {
				byte[] body = load.body(i);
				long start = System.nanoTime();
				int status = wire.post(body);
				latencies[i] = System.nanoTime() - start;
				assertThat(status).isEqualTo(200);
			}
		}
		return latencies;
	}

	/** The same rows out of and into the same table, as text, 1,000 a transaction. */
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
