package io.waypost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server of the PostgreSQL that is installed on this machine, as Debian does it. The
 * embedded binaries have neither {@code pg_dump} nor {@code pg_restore}.
 */
public final class InstalledPostgres implements AutoCloseable {

	private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");

	private final Path binaries;

	private final Path directory;

	private final int port;

	private InstalledPostgres(Path binaries, Path directory) throws IOException {
		this.binaries = binaries;
		this.directory = directory;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = socket.getLocalPort();
		}
	}

	/**
	 * Finds the newest installation with server and clients.
	 * @return directory of its programs
	 */
	public static Optional<Path> binaries() {
		if (!Files.isDirectory(INSTALLATIONS)) {
			return Optional.empty();
		}
		try (Stream<Path> versions = Files.list(INSTALLATIONS)) {
			return versions.map((version) -> version.resolve("bin"))
				.filter((bin) -> Stream.of("initdb", "pg_ctl", "pg_dump", "pg_restore", "psql")
					.allMatch((program) -> Files.isExecutable(bin.resolve(program))))
				.max(Comparator.naturalOrder());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts a server with its data in a new directory, for connections without a
	 * password.
	 */
	public static InstalledPostgres start() throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("waypost-postgres");
		InstalledPostgres postgres = new InstalledPostgres(binaries().orElseThrow(), directory);
		if (isRoot()) {
			postgres.run(List.of("chown", "postgres", directory.toString()), Map.of());
		}
		postgres.server("initdb", "--pgdata=" + postgres.data(), "--auth=trust", "--username=postgres", "--no-sync");
		postgres.server("pg_ctl", "--pgdata=" + postgres.data(), "--wait", "--log=" + directory.resolve("log"),
				"--options=-p %d -k %s -F".formatted(postgres.port, directory), "start");
		return postgres;
	}

	private String data() {
		return this.directory.resolve("data").toString();
	}

	/** The server refuses to run as root. */
	private void server(String program, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(isRoot() ? List.of("runuser", "--user", "postgres", "--") : List.of());
		command.add(this.binaries.resolve(program).toString());
		command.addAll(List.of(arguments));
		run(command, Map.of());
	}

	/**
	 * Runs a client program and requires that it succeeds.
	 * @param environment additional variables
	 * @param program its name
	 * @param arguments its arguments
	 */
	public void client(Map<String, String> environment, String program, String... arguments)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(this.binaries.resolve(program).toString(), "--host=127.0.0.1",
				"--port=" + this.port, "--no-password"));
		command.addAll(List.of(arguments));
		run(command, environment);
	}

	/**
	 * Runs SQL as superuser.
	 * @param database name of the database
	 * @param statements the statements
	 */
	public void sql(String database, String... statements) throws IOException, InterruptedException {
		List<String> arguments = new ArrayList<>(
				List.of("--username=postgres", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname=" + database));
		Stream.of(statements).forEach((statement) -> arguments.add("--command=" + statement));
		client(Map.of(), "psql", arguments.toArray(String[]::new));
	}

	/**
	 * Returns the JDBC URL of a database.
	 * @param database its name
	 * @return the URL without user
	 */
	public String url(String database) {
		return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(this.port, database);
	}

	private void run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
		Path output = Files.createTempFile("waypost-postgres", ".log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().putAll(environment);
		int code = builder.start().waitFor();
		assertThat(code).as(command + "\n" + Files.readString(output, StandardCharsets.UTF_8)).isZero();
		Files.delete(output);
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	@Override
	public void close() throws IOException, InterruptedException {
		server("pg_ctl", "--pgdata=" + data(), "--mode=immediate", "--wait", "stop");
		run(List.of("rm", "-r", this.directory.toString()), Map.of());
	}

}
