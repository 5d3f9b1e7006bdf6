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
 * The application in its own process. Only the JIT compiler is limited, because the
 * process is short-lived.
 */
public final class WaypostProcess implements AutoCloseable {

	private final Process process;

	private final Path log;

	private WaypostProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	/**
	 * Starts the process.
	 * @param directory directory of its data and log
	 * @param name name of the log
	 * @param arguments additional arguments, as {@code --name=value}
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
	 * Waits until the application is ready.
	 * @return this process
	 */
	public WaypostProcess awaitReady() {
		await().atMost(Duration.ofMinutes(3))
			.until(() -> !this.process.isAlive() || output().contains("is ready after"));
		assertThat(this.process.isAlive()).as(output()).isTrue();
		return this;
	}

	/**
	 * Waits until the process has ended.
	 * @return its exit code
	 */
	public int awaitEnd() throws InterruptedException {
		return this.process.waitFor();
	}

	/** Kills the process. */
	public void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/** Stops the process with SIGTERM. */
	public void stop() throws InterruptedException {
		this.process.destroy();
		this.process.waitFor();
	}

	/** Suspends the process. */
	public void freeze() throws IOException, InterruptedException {
		signal("STOP");
	}

	/** Resumes the process. */
	public void thaw() throws IOException, InterruptedException {
		signal("CONT");
	}

	private void signal(String name) throws IOException, InterruptedException {
		int failed = new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start().waitFor();
		assertThat(failed).isZero();
	}

	/**
	 * Returns the URL of the application, once it is ready.
	 * @return URL without a path
	 */
	public String address() {
		Matcher address = Pattern.compile("http://[a-z0-9.]+:\\d+").matcher(output());
		assertThat(address.find()).isTrue();
		return address.group();
	}

	/**
	 * Returns the log.
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
	 * Returns the warnings, errors and stack traces in the log.
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
