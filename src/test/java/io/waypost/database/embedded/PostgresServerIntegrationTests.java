package io.waypost.database.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Tag("database")
class PostgresServerIntegrationTests {

	@TempDir
	private static Path programs;

	@TempDir
	private Path directory;

	/**
	 * Each test has its own server. The binaries are unpacked once; tests of the
	 * unpacking delete them.
	 */
	@BeforeEach
	void unpackOnce() throws IOException {
		Path home = PostgresBinaries.unpack(programs);
		Files.createSymbolicLink(
				Files.createDirectories(this.directory.resolve("postgresql")).resolve(home.getFileName()), home);
	}

	@Test
	void startsFromNothingAndKeepsDataAcrossRestarts() throws IOException, SQLException {
		FileSystemUtils.deleteRecursively(this.directory.resolve("postgresql"));
		try (PostgresServer server = PostgresServer.start(this.directory)) {
			execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
		}
		try (PostgresServer server = PostgresServer.start(this.directory)) {
			assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
		}
	}

	@Test
	void refusesDirectoryThatIsInUse() {
		try (PostgresServer server = PostgresServer.start(this.directory)) {
			assertThat(server.url()).contains("127.0.0.1");
			assertThatExceptionOfType(DataDirectoryInUseException.class)
				.isThrownBy(() -> PostgresServer.start(this.directory))
				.withMessageContaining(this.directory.getFileName().toString());
		}
	}

	@Test
	void requiresPasswordThatOnlyTheOwnerCanRead() throws Exception {
		try (PostgresServer server = PostgresServer.start(this.directory)) {
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> DriverManager.getConnection(server.url(), PostgresServer.USER, "guess"));
			assertThat(Files.getPosixFilePermissions(this.directory.resolve("postgresql/password")))
				.isEqualTo(PosixFilePermissions.fromString("rw-------"));
		}
	}

	@Test
	void givesTheApplicationRoleNoSpecialRights() throws SQLException {
		try (PostgresServer server = PostgresServer.start(this.directory)) {
			String attributes = "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles "
					+ "WHERE rolname = current_user";
			try (Connection application = DriverManager.getConnection(server.url(), PostgresServer.USER,
					server.password()); ResultSet result = application.createStatement().executeQuery(attributes)) {
				assertThat(result.next()).isTrue();
				assertThat(result.getBoolean(1)).isFalse();
			}
		}
	}

	@Test
	void writesDurably() throws SQLException {
		try (PostgresServer server = PostgresServer.start(this.directory)) {
			assertThat(query(server, "SHOW fsync")).isEqualTo("on");
			assertThat(query(server, "SHOW synchronous_commit")).isEqualTo("on");
			assertThat(query(server, "SHOW data_checksums")).isEqualTo("on");
		}
	}

	@Test
	void recoversAfterItsOwnerWasKilled() throws Exception {
		long orphan = startInProcessAndKillIt();
		assertThat(program(orphan)).as("the orphan").isPresent();
		try (PostgresServer server = PostgresServer.start(this.directory)) {
			assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
			assertThat(program(orphan)).as("the orphan").isEmpty();
		}
	}

	@Test
	void restartsAtTheSameAddressAfterItsServerWasKilled() throws Exception {
		try (PostgresServer server = PostgresServer.start(this.directory)) {
			execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
			long killed = postmaster();
			ProcessHandle.of(killed).orElseThrow().destroyForcibly();
			await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> postmaster() != killed);
			await().atMost(Duration.ofSeconds(30))
				.ignoreExceptions()
				.until(() -> "42".equals(query(server, "SELECT answer FROM kept")));
		}
		assertThat(this.directory.resolve("postgresql/17/postmaster.pid")).doesNotExist();
	}

	@Test
	void startsWhenAnotherProgramHasTheProcessIdOfThePidFile() throws Exception {
		try (PostgresServer server = PostgresServer.start(this.directory)) {
			execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
		}
		Path pidFile = this.directory.resolve("postgresql/17/postmaster.pid");
		Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + pidFile.getParent() + "\n");
		try (PostgresServer server = PostgresServer.start(this.directory)) {
			assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
		}
	}

	private long startInProcessAndKillIt() throws IOException, InterruptedException {
		Process owner = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), Owner.class.getName(), this.directory.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = owner.inputReader()) {
			assertThat(output.lines().anyMatch("started"::equals)).isTrue();
		}
		finally {
			owner.destroyForcibly().waitFor();
		}
		return postmaster();
	}

	private long postmaster() throws IOException {
		return Long
			.parseLong(Files.readAllLines(this.directory.resolve("postgresql/17/postmaster.pid")).getFirst().trim());
	}

	/**
	 * Returns the program of a process, or empty when the process has ended, even if it
	 * is a zombie.
	 */
	private static Optional<String> program(long processId) {
		return ProcessHandle.of(processId).flatMap((process) -> process.info().command());
	}

	private static void execute(PostgresServer server, String sql) throws SQLException {
		try (Connection connection = connect(server); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static String query(PostgresServer server, String sql) throws SQLException {
		try (Connection connection = connect(server);
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			assertThat(result.next()).isTrue();
			return result.getString(1);
		}
	}

	private static Connection connect(PostgresServer server) throws SQLException {
		return DriverManager.getConnection(server.url(), PostgresServer.OWNER, server.ownerPassword());
	}

	/** Starts a server, writes a row and waits until it is killed. */
	static class Owner {

		public static void main(String[] arguments) throws Exception {
			PostgresServer server = PostgresServer.start(Path.of(arguments[0]));
			execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
			System.out.println("started");
			Thread.sleep(Duration.ofDays(1));
		}

	}

}
