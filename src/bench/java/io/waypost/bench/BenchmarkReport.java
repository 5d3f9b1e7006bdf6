package io.waypost.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/**
 * Results of a benchmark: a table on standard output and JSON in {@code target/bench}.
 */
public final class BenchmarkReport {

	private final String name;

	private final String conditions;

	private final Map<String, Object> figures = new LinkedHashMap<>();

	/**
	 * Starts a report.
	 * @param name name of the benchmark and of the file
	 * @param conditions what was measured, on what
	 */
	public BenchmarkReport(String name, String conditions) {
		this.name = name;
		this.conditions = conditions + "; " + Runtime.getRuntime().availableProcessors() + " cores, Java "
				+ Runtime.version().feature() + ", heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MB";
	}

	/**
	 * Adds a value.
	 * @param what description with unit
	 * @param value number or text
	 * @return this report
	 */
	public BenchmarkReport add(String what, Object value) {
		this.figures.put(what, value);
		return this;
	}

	/**
	 * Adds the baseline.
	 * @param baseline measured in the same run
	 * @return this report
	 */
	BenchmarkReport add(BaselineCost baseline) {
		baseline.addTo(this);
		return this;
	}

	/** Prints the table and writes the file. */
	public void publish() {
		StringBuilder table = new StringBuilder("\n").append(this.name).append(": ").append(this.conditions).append('\n');
		int width = this.figures.keySet().stream().mapToInt(String::length).max().orElse(1);
		this.figures.forEach((what, value) -> table.append("  ").append(row(what, value, width)));
		System.out.println(table);
		try {
			Path file = Files.createDirectories(Path.of("target/bench")).resolve(this.name + ".json");
			Map<String, Object> json = new LinkedHashMap<>();
			json.put("name", this.name);
			json.put("conditions", this.conditions);
			json.put("figures", this.figures);
			new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String row(String what, Object value, int width) {
		String text = (value instanceof Number number) ? String.format(Locale.ROOT, "%,.2f", number.doubleValue())
				: value.toString();
		return String.format(Locale.ROOT, "%-" + width + "s  %15s%n", what, text);
	}

}
