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
	 * @return settings of {@code spring.datasource}; empty when no server is running
	 * there
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
			return alive
					? Optional.of(settings(lines.get(PORT_LINE).trim(), Files.readString(home.resolve("password"))))
					: Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, Object> settings(String port, String password) {
		return Map.of("spring.datasource.url", "jdbc:postgresql://127.0.0.1:%s/postgres".formatted(port),
				"spring.datasource.username", PostgresServer.USER, "spring.datasource.password", password);
	}

}
