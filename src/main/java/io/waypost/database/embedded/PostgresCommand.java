package io.waypost.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of PostgreSQL. They refuse to run as root; when this process runs as
 * root, they run in a user namespace in which they have another user id.
 */
final class PostgresCommand {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private final Path home;

	private final Path output;

	private final List<String> prefix;

	PostgresCommand(Path home, Path output) throws IOException {
		this.home = home;
		this.output = output;
		this.prefix = prefix();
	}

	private static List<String> prefix() throws IOException {
		if (!"root".equals(System.getProperty("user.name"))) {
			return List.of();
		}
		List<String> unshare = List.of("unshare", "-U");
		List<String> probe = new ArrayList<>(unshare);
		probe.add("true");
		if (!succeeds(probe)) {
			throw new IllegalStateException(
					"PostgreSQL does not run as root, and root cannot create a user namespace on "
							+ "this machine; start Waypost as another user, or set spring.datasource.url");
		}
		return unshare;
	}

	private static boolean succeeds(List<String> command) throws IOException {
		return await(new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()) == 0;
	}

	/**
	 * Runs a program and waits for its end.
	 * @throws IOException when it fails, with its output
	 */
	void run(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(this.prefix);
		command.add(this.home.resolve("bin").resolve(program).toString());
		command.addAll(List.of(arguments));
		// The server inherits the stream, so a pipe would never be closed: use a file
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.output.toFile())
			.start();
		if (await(process) != 0) {
			throw new IOException("PostgreSQL's %s failed: %s".formatted(program, Files.readString(this.output)));
		}
	}

	private static int await(Process process) throws IOException {
		try {
			if (process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
				return process.exitValue();
			}
			process.destroyForcibly();
			throw new IOException("PostgreSQL took longer than " + TIMEOUT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while waiting for PostgreSQL", ex);
		}
	}

}
