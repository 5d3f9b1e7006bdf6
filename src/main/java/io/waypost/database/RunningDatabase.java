package io.waypost.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.database.embedded.PostgresServer;

/**
 * Finds the embedded PostgreSQL of a Waypost process that is running now, so that another
 * process on the same machine can connect to it.
 */
public final class RunningDatabase {

	/** Line of PostgreSQL's PID file with the port. */
	private static final int PORT_LINE = 3;

	private RunningDatabase() {
	}

	/**
	 * Finds the server of a data directory.
	 * @param dataDirectory {@code waypost.data-dir}
	 * @return settings of {@code spring.datasource} and {@code spring.flyway}; empty when
	 * no server is running there
	 */
	public static Optional<Map<String, Object>> find(Path dataDirectory) {
		Path home = dataDirectory.resolve("postgresql");
		Path pidFile = home.resolve("17").resolve("postmaster.pid");
		if (!Files.exists(pidFile)) {
			return Optional.empty();
		}
		try {
			List<String> lines = Files.readAllLines(pidFile);
			boolean alive = ProcessHandle.of(Long.parseLong(lines.getFirst().trim()))
				.filter(ProcessHandle::isAlive)
				.isPresent();
			return alive ? Optional.of(settings(lines.get(PORT_LINE).trim(), home)) : Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, Object> settings(String port, Path home) throws IOException {
		String url = "jdbc:postgresql://127.0.0.1:%s/postgres".formatted(port);
		return Map.of("spring.datasource.url", url, "spring.datasource.username", PostgresServer.USER,
				"spring.datasource.password", Files.readString(home.resolve("application-password")),
				"spring.flyway.url", url, "spring.flyway.user", PostgresServer.OWNER, "spring.flyway.password",
				Files.readString(home.resolve("password")));
	}

}
