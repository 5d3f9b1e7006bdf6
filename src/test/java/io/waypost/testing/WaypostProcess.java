package io.waypost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.waypost.WaypostApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The product in a process of its own, as people start it. Only the compiler is told not
 * to take pains, for it lives a short while.
 */
public final class WaypostProcess implements AutoCloseable {

	private final Process process;

	private final Path log;

	private WaypostProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	/**
	 * Starts it.
	 * @param directory for its data and log
	 * @param name of the log
	 * @param arguments further ones, as {@code --name=value}
	 * @return the process, which may not be ready yet
	 */
	public static WaypostProcess start(Path directory, String name, String... arguments) throws IOException {
		Path log = directory.resolve(name + ".log");
		String java = ProcessHandle.current().info().command().orElseThrow();
		List<String> command = Stream.concat(Stream.of(java, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
				"--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
				WaypostApplication.class.getName(), "--server.port=0",
				"--waypost.data-dir=" + directory.resolve("data")), Stream.of(arguments))
			.toList();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		return new WaypostProcess(process, log);
	}

	/**
	 * Waits until it can be used.
	 * @return this process
	 */
	public WaypostProcess awaitReady() {
		await().atMost(Duration.ofMinutes(3))
			.until(() -> !this.process.isAlive() || output().contains("is ready after"));
		assertThat(this.process.isAlive()).as(output()).isTrue();
		return this;
	}

	/**
	 * Waits until it has ended by itself.
	 * @return its exit code
	 */
	public int awaitEnd() throws InterruptedException {
		return this.process.waitFor();
	}

	/** Ends it without a warning. */
	public void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/** Ends it as people do. */
	public void stop() throws InterruptedException {
		this.process.destroy();
		this.process.waitFor();
	}

	/** Stops it in the middle of whatever it does. */
	public void freeze() throws IOException, InterruptedException {
		signal("STOP");
	}

	/** Lets it go on as if no time had passed. */
	public void thaw() throws IOException, InterruptedException {
		signal("CONT");
	}

	private void signal(String name) throws IOException, InterruptedException {
		int failed = new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start().waitFor();
		assertThat(failed).isZero();
	}

	/**
	 * Where it listens, once it is ready.
	 * @return address without a path
	 */
	public String address() {
		Matcher address = Pattern.compile("http://[a-z0-9.]+:\\d+").matcher(output());
		assertThat(address.find()).isTrue();
		return address.group();
	}

	/**
	 * What it has said so far.
	 * @return its log
	 */
	public String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Warnings, errors and traces of what it has said.
	 * @return the lines
	 */
	public List<String> complaints() {
		return output().lines().filter((line) -> line.matches(".*\\b(WARN|ERROR|WARNING:)\\b.*|^\\s+at .*")).toList();
	}

	@Override
	public void close() throws InterruptedException {
		kill();
	}

}
