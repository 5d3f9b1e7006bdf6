package io.waypost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The product in a process of its own, as people start it. */
final class WaypostProcess implements AutoCloseable {

	private final Process process;

	private final Path log;

	private WaypostProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	static WaypostProcess start(Path directory, String name, String... arguments) throws IOException {
		Path log = directory.resolve(name + ".log");
		String java = ProcessHandle.current().info().command().orElseThrow();
		List<String> command = Stream.concat(Stream.of(java, "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-cp",
				System.getProperty("java.class.path"), WaypostApplication.class.getName(), "--server.port=0",
				"--waypost.data-dir=" + directory.resolve("data")), Stream.of(arguments))
			.toList();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		return new WaypostProcess(process, log);
	}

	WaypostProcess awaitReady() {
		await().atMost(Duration.ofMinutes(3))
			.until(() -> !this.process.isAlive() || output().contains("is ready after"));
		assertThat(this.process.isAlive()).as(output()).isTrue();
		return this;
	}

	int awaitEnd() throws InterruptedException {
		return this.process.waitFor();
	}

	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	void stop() throws InterruptedException {
		this.process.destroy();
		this.process.waitFor();
	}

	String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<String> complaints() {
		return output().lines().filter((line) -> line.matches(".*\\b(WARN|ERROR|WARNING:)\\b.*|^\\s+at .*")).toList();
	}

	@Override
	public void close() throws InterruptedException {
		kill();
	}

}
