package io.waypost.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Durations of statements from PostgreSQL's log.
 *
 * @param times by the first characters of the statement
 */
record StatementDurations(Map<String, Times> times) {

	private static final Pattern DURATION = Pattern.compile("duration: ([0-9.]+) ms  (\\w+)[^:]*: (.*)", Pattern.DOTALL);

	private static final int SHOWN = 110;

	static StatementDurations read(Path data) throws IOException {
		Map<String, Times> times = new HashMap<>();
		List<Path> files;
		try (Stream<Path> all = Files.walk(data)) {
			files = all.filter((file) -> file.getFileName().toString().matches("postgresql-.*\\.log")).toList();
		}
		for (Path file : files) {
			// An entry starts with its time; continuation lines start with a tab
			for (String entry : Files.readString(file).split("\n(?!\t)", -1)) {
				Matcher found = DURATION.matcher(entry);
				if (found.find()) {
					String statement = found.group(3).replaceAll("\\s+", " ");
					times.computeIfAbsent(statement.substring(0, Math.min(SHOWN, statement.length())), (key) -> new Times())
						.add(found.group(2), Double.parseDouble(found.group(1)));
				}
			}
		}
		return new StatementDurations(times);
	}

	void print(int messages) {
		StringBuilder table = new StringBuilder("\nus per message: parse, bind, execute; statements\n");
		this.times.entrySet()
			.stream()
			.sorted(Comparator.comparing((entry) -> -entry.getValue().sum()))
			.limit(40)
			.forEach((entry) -> table.append(entry.getValue().line(messages)).append("  ").append(entry.getKey()).append('\n'));
		System.out.println(table);
	}

	static final class Times {

		private final Map<String, Double> millis = new HashMap<>();

		private int executed;

		void add(String phase, double duration) {
			this.millis.merge(phase, duration, Double::sum);
			this.executed += phase.equals("execute") ? 1 : 0;
		}

		double sum() {
			return this.millis.values().stream().mapToDouble(Double::doubleValue).sum();
		}

		String line(int messages) {
			return "%7.2f %7.2f %7.2f %6d".formatted(micros("parse", messages), micros("bind", messages),
					micros("execute", messages), this.executed);
		}

		private double micros(String phase, int messages) {
			return this.millis.getOrDefault(phase, 0.0) * 1e3 / messages;
		}

	}

}
