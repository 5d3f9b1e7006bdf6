package io.waypost.logging;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;

import io.waypost.bench.BenchmarkReport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Cost of the redaction per log line. */
class LogRedactionBenchmark {

	/** Processor time: other processes on the machine do not count. */
	private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

	private static final int ROUNDS = 2_000_000;

	private static final Map<String, List<String>> LINES = Map.of("ordinary line",
			List.of("Started Waypost in 8.214 seconds (process running for 9.001)",
					"Run 019ac2f4-7c1e-7b2a-9a44-0a1b2c3d4e5f of journey cart-abandonment ended in step send",
					"Dispatched 500 sends of campaign spring in 1234 ms: 498 accepted, 2 deferred",
					"Provider mailgun refused 12 of 500 messages; its circuit breaker opens after 3 faults"),
			"line with an address", List.of("550 5.1.1 <ada.lovelace@example.com>: recipient address rejected"),
			"line with a token", List.of("Refused POST /v1/batch with Authorization: Bearer wpk_Zm9vYmFyYmF6cXV4cXV1eA"),
			"line of 20,000 characters", List.of("Order Completed, cart of 3 items; ".repeat(600)));

	@Test
	void redactsLines() {
		BenchmarkReport report = new BenchmarkReport("log-redaction", "one thread, processor time");
		LINES.keySet().stream().sorted().forEach((kind) -> {
			List<String> lines = LINES.get(kind);
			int rounds = ROUNDS / Math.max(1, lines.getFirst().length() / 100);
			measure(lines, rounds / 4);
			report.add(kind + ", ns", measure(lines, rounds));
		});
		report.publish();
	}

	private static double measure(List<String> lines, int rounds) {
		long length = 0;
		long start = CPU.getCurrentThreadCpuTime();
		for (int round = 0; round < rounds; round++) {
			length += LogRedactor.redact(lines.get(round % lines.size())).length();
		}
		double nanos = (double) (CPU.getCurrentThreadCpuTime() - start) / rounds;
		assertThat(length).isPositive();
		return nanos;
	}

}
