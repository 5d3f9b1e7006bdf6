package io.waypost.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the programs of PostgreSQL. They refuse to run as root, so root lends them a user
 * namespace in which it is somebody else.
 */
final class PostgresCommand {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

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
			throw new IllegalStateException("PostgreSQL does not run as root, and this machine gives root no user "
					+ "namespace: start Waypost as another user, or set spring.datasource.url");
		}
		return unshare;
	}

	private static boolean succeeds(List<String> command) throws IOException {
		return await(new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()) == 0;
	}

	/**
	 * Runs a program to its end.
	 * @throws IOException when it fails, with what it said
	 */
	void run(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(this.prefix);
		command.add(this.home.resolve("bin").resolve(program).toString());
		command.addAll(List.of(arguments));
		// Into a file: the server inherits the stream, so a pipe would never end
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.output.toFile())
			.start();
		if (await(process) != 0) {
			throw new IOException("PostgreSQL's %s failed: %s".formatted(program, Files.readString(this.output)));
		}
	}

	private static int await(Process process) throws IOException {
		try {
			if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				return process.exitValue();
			}
			process.destroyForcibly();
			throw new IOException("PostgreSQL took longer than " + PATIENCE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while waiting for PostgreSQL", ex);
		}
	}

}
