package io.waypost.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import static org.awaitility.Awaitility.await;

/** A durable PostgreSQL server of one test, which can be killed and restarted. */
public final class KillableDatabase implements AutoCloseable {

	private final Path directory;

	private EmbeddedPostgres server;

	private final int port;

	private KillableDatabase(Path directory) throws IOException {
		this.directory = directory;
		this.server = launch(0);
		this.port = this.server.getPort();
		createOwner();
	}

	/** The application refuses to start with a superuser. */
	private void createOwner() throws IOException {
		try (Connection connection = this.server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create role waypost login; alter database postgres owner to waypost");
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

	/**
	 * Starts the server.
	 * @param directory empty directory for its data
	 * @return the running server
	 */
	public static KillableDatabase start(Path directory) throws IOException {
		return new KillableDatabase(directory);
	}

	public String url() {
		return "jdbc:postgresql://localhost:%d/postgres?user=waypost".formatted(this.port);
	}

	/** Kills the server process, as the operating system does when memory is short. */
	public void kill() throws IOException {
		long postmaster = Long.parseLong(Files.readAllLines(pidFile()).getFirst().trim());
		ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
		await().atMost(Duration.ofSeconds(20))
			.until(() -> ProcessHandle.of(postmaster).flatMap((process) -> process.info().command()).isEmpty());
	}

	/**
	 * Restarts the server on the same data and port, after the killed server's child
	 * processes have ended.
	 */
	public void startAgain() {
		await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
			// PostgreSQL treats a zombie with this process id as running
			Files.deleteIfExists(pidFile());
			this.server.close();
			this.server = launch(this.port);
			return true;
		});
		await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
			try (Connection connection = DriverManager.getConnection(url())) {
				return connection.isValid(1);
			}
		});
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

	private Path pidFile() {
		return this.directory.resolve("postmaster.pid");
	}

	private EmbeddedPostgres launch(int wanted) throws IOException {
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setDataDirectory(this.directory)
			.setCleanDataDirectory(false)
			.setRegisterShutdownHook(false)
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.setServerConfig("max_connections", "60");
		return ((wanted == 0) ? builder : builder.setPort(wanted)).start();
	}

}
